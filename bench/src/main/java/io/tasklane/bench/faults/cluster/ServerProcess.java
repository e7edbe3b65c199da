package io.tasklane.bench.faults.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** One {@code tasklane server start} with the parts that it watches. */
public final class ServerProcess implements AutoCloseable {
  private static final String READY = "tasklane ready ";
  private static final Duration START = Duration.ofMinutes(6);
  private static final Duration STOP = Duration.ofSeconds(30);

  private final Path data;
  private final Process launcher;
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  private ServerProcess(Path data, Process launcher) {
    this.data = data;
    this.launcher = launcher;
    Thread reader = new Thread(this::read, "server output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts {@code tasklane server start} with these options, and does not wait until it is ready.
   *
   * @param home the folder of the {@code tasklane} script
   * @param data its data folder
   * @param options further ones
   */
  static ServerProcess start(Path home, Path data, List<String> options) throws IOException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of(home.resolve("tasklane").toString(), "server", "start"));
    words.addAll(List.of("--data", data.toString(), "--restarts", "100000"));
    words.addAll(options);
    Path errors = data.resolveSibling(data.getFileName() + ".err");
    return new ServerProcess(
        data, new ProcessBuilder(words).redirectError(errors.toFile()).start());
  }

  /** Waits until it is ready; what it says then, by names. */
  Map<String, String> awaitReady() throws IOException, InterruptedException {
    try {
      Map<String, String> said = new TreeMap<>();
      String line = ready.get(START.toSeconds(), TimeUnit.SECONDS);
      for (String pair : line.substring(READY.length()).split(" ")) {
        said.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
      }
      return said;
    } catch (ExecutionException | TimeoutException notReady) {
      throw new IOException("the server on " + data + " did not start; see " + data + ".err");
    }
  }

  private void read() {
    try (BufferedReader lines = launcher.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READY)) {
          ready.complete(line.strip());
        }
      }
    } catch (IOException ended) {
      // told below
    }
    ready.completeExceptionally(new IOException("it has ended"));
  }

  /** Whether its launcher lives, which starts parts again that die. */
  public boolean isAlive() {
    return launcher.isAlive();
  }

  /** Its launcher, and all that it has started. */
  Stream<ProcessHandle> processes() {
    return Stream.concat(Stream.of(launcher.toHandle()), launcher.descendants());
  }

  /** All processes of a part: "postgres", "broker" or the name of a node; none while it is dead. */
  public List<ProcessHandle> part(String name) {
    return RecordedProcess.in(data.resolve("run").resolve(name + ".pid"))
        .map(part -> Stream.concat(Stream.of(part), part.descendants()).toList())
        .orElse(List.of());
  }

  @Override
  public void close() {
    List<ProcessHandle> all = launcher.descendants().toList();
    launcher.destroy();
    try {
      launcher.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // A launcher that died could not take its parts along.
    launcher.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
