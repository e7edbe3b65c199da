package io.tasklane.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Whoever runs the checks; it breaks the connection, and counts tasks, on request. */
record Caller(String address, BufferedReader answers) {
  Caller(String address) {
    this(address, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
  }

  /** Breaks every connection. */
  void cut() {
    ask("CUT");
  }

  /** Breaks every connection, and refuses new ones until {@link #up}. */
  void down() {
    ask("DOWN");
  }

  /** Lets connections through again. */
  void up() {
    ask("UP");
  }

  /** How many tasks have the label "run" with this value. */
  int count(String run) {
    return Integer.parseInt(ask("COUNT " + run));
  }

  /** A queue of its own for the workers of a language. */
  String queue(String language) {
    return ask("QUEUE " + language);
  }

  /** The log of the first attempt of a task, its lines joined by "|". */
  String log(String task) {
    return ask("LOG " + task);
  }

  private synchronized String ask(String command) {
    System.out.println(command);
    try {
      return answers.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does something after a while, beside the caller. */
  static Thread after(long millis, Runnable action) {
    Thread thread =
        new Thread(
            () -> {
              pause(millis);
              action.run();
            });
    thread.start();
    return thread;
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
