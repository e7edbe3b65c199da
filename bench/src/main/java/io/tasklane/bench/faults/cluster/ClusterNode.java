package io.tasklane.bench.faults.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** One node, and what can be done to it. */
public final class ClusterNode {
  private final String name;
  private final ServerProcess server;
  private final Wire database;
  private final Wire broker;
  private final String grpc;
  private final List<ProcessHandle> stopped = new ArrayList<>();

  ClusterNode(String name, ServerProcess server, Wire database, Wire broker, String grpc) {
    this.name = name;
    this.server = server;
    this.database = database;
    this.broker = broker;
    this.grpc = grpc;
  }

  /** Its name in the system. */
  public String name() {
    return name;
  }

  /** "HOST:PORT" of its API; it keeps that when it is started again. */
  public String grpc() {
    return grpc;
  }

  /** Its way to the database. */
  public Wire database() {
    return database;
  }

  /** Its way to the broker. */
  public Wire broker() {
    return broker;
  }

  /** The processes it is; none while it is dead. */
  public List<ProcessHandle> processes() {
    return server.part(name);
  }

  /** Stops it by SIGSTOP, in the middle of whatever it does. */
  public synchronized void stop() {
    for (ProcessHandle process : processes()) {
      signal("STOP", process);
      stopped.add(process);
    }
  }

  /** Lets it go on, if it was stopped. */
  public synchronized void goOn() {
    stopped.forEach(process -> signal("CONT", process));
    stopped.clear();
  }

  private static void signal(String signal, ProcessHandle process) {
    if (!process.isAlive()) {
      return; // its number may be another process's
    }
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
