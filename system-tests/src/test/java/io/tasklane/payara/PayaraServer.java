package io.tasklane.payara;

import io.tasklane.launcher.failure.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Payara Server of its own domain, driven by asadmin. When it is closed no process of it lives,
 * however far its start had come.
 */
public final class PayaraServer implements AutoCloseable {
  private static final long BOUND_MINUTES = 9;
  private static final long FAREWELL_SECONDS = 20;

  private final Path program;
  private final Path folder;
  private final Map<String, String> environment;
  private final Domain domain;
  private final Set<ProcessHandle> processes = new LinkedHashSet<>();
  private final Thread atExit = new Thread(this::end, "end Payara Server");

  private PayaraServer(Path program, Path folder, Map<String, String> environment)
      throws IOException, CannotStart {
    this.program = program;
    this.folder = folder;
    this.environment = Map.copyOf(environment);
    this.domain = Domain.create(program, folder.resolve("domains"));
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * One that does not run yet.
   *
   * @param program Payara Server, unpacked
   * @param folder for its domain
   * @param environment further variables for its processes
   */
  public static PayaraServer create(Path program, Path folder, Map<String, String> environment) {
    try {
      return new PayaraServer(program, folder, environment);
    } catch (IOException | CannotStart reason) {
      throw new IllegalStateException("no domain for Payara Server", reason);
    }
  }

  /** Starts it, with these commands before it listens, and waits until it does. */
  public void start(Path bootCommands) {
    asadmin(
        "start-domain",
        "--domaindir",
        domain.folder().toString(),
        "--prebootcommandfile",
        bootCommands.toString(),
        Domain.NAME);
    domain.process().ifPresent(this::keep);
  }

  /** Runs a command of asadmin, and fails where it does; returns what it printed. */
  public String asadmin(String... words) {
    return asadmin(folder, words);
  }

  /** The same in this folder, which the names of files are relative to. */
  public String asadmin(Path in, String... words) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("sh", program.resolve("bin/asadmin").toString(), "--interactive=false"));
    line.addAll(List.of("--port", Integer.toString(domain.adminPort())));
    line.addAll(List.of(words));
    try {
      Path said = Files.createTempFile(folder, "asadmin", ".out");
      ProcessBuilder builder = new ProcessBuilder(line).directory(in.toFile());
      builder.environment().putAll(environment);
      builder.environment().put("AS_JAVA", System.getProperty("java.home"));
      Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
      keep(process.toHandle());
      boolean ended = process.waitFor(BOUND_MINUTES, TimeUnit.MINUTES);
      process.descendants().forEach(this::keep);
      String output = Files.readString(said);
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(
            String.join(" ", words) + " failed:\n" + output + "\nThe server's log ends:\n" + log());
      }
      return output;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }

  /** "HOST:PORT" of what applications serve. */
  public String http() {
    return "127.0.0.1:" + domain.httpPort();
  }

  /** "HOST:PORT" of the console. */
  public String console() {
    return "127.0.0.1:" + domain.adminPort();
  }

  /** Its process. */
  public JavaProcess process() {
    return new JavaProcess(domain.process().orElseThrow().pid());
  }

  private String log() {
    try {
      List<String> lines = Files.readAllLines(domain.log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 80), lines.size()));
    } catch (IOException none) {
      return "(there is none)";
    }
  }

  private synchronized void keep(ProcessHandle process) {
    processes.add(process);
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private synchronized void end() {
    domain.process().ifPresent(processes::add);
    List.copyOf(processes).forEach(process -> process.descendants().forEach(processes::add));
    processes.forEach(ProcessHandle::destroy);
    processes.forEach(PayaraServer::awaitEnd);
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(FAREWELL_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException stillThere) {
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
