package io.tasklane.cli.demo;

import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server of the demo's own, on a temporary folder and free ports. It ends with the demo, however
 * the demo ends: the shutdown hook sees to Ctrl-C.
 */
final class OwnServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration REMARK = Duration.ofSeconds(10);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final int LAST_LINES = 40;

  private final TemporaryFolder folder;
  private final Process process;
  private final Path errors;
  private final CompletableFuture<ReadyLine> ready = new CompletableFuture<>();
  private final Thread hook = new Thread(this::stop, "stop the demo's server");

  private OwnServer(TemporaryFolder folder, Process process, Path errors) {
    this.folder = folder;
    this.process = process;
    this.errors = errors;
    Runtime.getRuntime().addShutdownHook(hook);
    Thread reader = new Thread(this::read, "server output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts the process; {@link #awaitReady} returns when it can be used. */
  static OwnServer start(ServerCommandLine command) {
    TemporaryFolder folder = TemporaryFolder.create();
    Path errors = folder.path().resolve("server.err");
    Path data = folder.path().resolve("data");
    try {
      Process process =
          new ProcessBuilder(command.words(data)).redirectError(errors.toFile()).start();
      return new OwnServer(folder, process, errors);
    } catch (IOException e) {
      folder.close();
      throw new CommandFailure(ExitCode.ERROR, "the server cannot be started: " + e.getMessage());
    }
  }

  /**
   * Waits for the ready line and says what it waits for.
   *
   * @throws CommandFailure with the server's last words, if it ends or takes longer than minutes
   */
  ReadyLine awaitReady(PrintWriter remarks) throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      try {
        return ready.get(REMARK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        if (waited.compareTo(START) > 0) {
          throw failed("the server was not ready within " + START.toMinutes() + " minutes");
        }
        remarks.println("still waiting for the server's ready line (" + waited.toSeconds() + " s)");
      } catch (ExecutionException e) {
        throw failed(e.getCause().getMessage());
      }
    }
  }

  /** Stops the process, gently first, and deletes the folder. */
  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // The JVM is going down: the hook runs or has run.
    }
  }

  private synchronized void stop() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    // A launcher that died could not take its children along.
    children.forEach(ProcessHandle::destroyForcibly);
    folder.close();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        ReadyLine.parse(line).ifPresent(ready::complete);
      }
      ready.completeExceptionally(
          new IOException("the server ended with exit code " + process.waitFor()));
    } catch (IOException | InterruptedException e) {
      ready.completeExceptionally(e);
    }
  }

  private CommandFailure failed(String what) {
    try {
      List<String> lines = Files.readAllLines(errors);
      int from = Math.max(0, lines.size() - LAST_LINES);
      String words = String.join("\n", lines.subList(from, lines.size()));
      return new CommandFailure(ExitCode.ERROR, what + "; its last words:\n" + words);
    } catch (IOException e) {
      throw new UncheckedIOException(what + "; its words cannot be read", e);
    }
  }
}
