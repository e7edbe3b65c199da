package io.tasklane.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server as a user starts it: real processes by the {@code tasklane} script, on free ports. When
 * it is closed nothing of it lives, whatever happened to it before.
 */
public final class RunningServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(5);
  private static final Pattern READY =
      Pattern.compile("tasklane ready (?:grpc=(\\S+) http=(\\S+) )?jms=(\\S+)(.*)");

  private final Process launcher;
  private final Path data;
  private final Path errors;
  private final CompletableFuture<Matcher> ready = new CompletableFuture<>();
  private final ProcessTree first;

  private RunningServer(Process launcher, Path data, Path errors) {
    this.launcher = launcher;
    this.data = data;
    this.errors = errors;
    Thread reader = new Thread(this::read, "server output");
    reader.setDaemon(true);
    reader.start();
    try {
      ready.get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new IllegalStateException("no ready line\n" + words(), e);
    } catch (InterruptedException e) {
      close();
      throw new IllegalStateException(e);
    }
    first = ProcessTree.of(launcher, data);
  }

  /**
   * Starts one for a short life, and waits until it is ready.
   *
   * @param data its data folder, which may hold what an earlier server left
   */
  public static RunningServer start(Path data) {
    return start(data, ShortLived.of(command(data)));
  }

  /** The same for a long life, with the compilers that users have, and with handlers of a user. */
  public static RunningServer startAsShipped(Path data, Path handlers) {
    ProcessBuilder command = command(data);
    command.command().addAll(List.of("--handlers", handlers.toString()));
    return start(data, command);
  }

  /**
   * One for a short life with these handlers, whose parts are started again as often as they die.
   */
  static RunningServer withHandlers(Path data, Path handlers) {
    ProcessBuilder command = command(data);
    command.command().addAll(List.of("--handlers", handlers.toString(), "--restarts=20"));
    return start(data, ShortLived.of(command));
  }

  /** Starts database and broker alone, which are started again as often as they die. */
  static RunningServer withoutNode(Path data) {
    return start(data, ShortLived.of(plain(data, "--no-node", "--jms-port=0", "--restarts=1000")));
  }

  /** Starts a node that joins the system of this one. */
  RunningServer join(Path data, String node) {
    return start(data, ShortLived.of(joining(data, node)));
  }

  /** The command that does it, for tests that expect it to refuse. */
  ProcessBuilder joining(Path data, String node) {
    List<String> words = new ArrayList<>(List.of("--node=" + node, "--restarts=1000"));
    words.addAll(List.of("--grpc-port=0", "--http-port=0"));
    Stream.of(ready.join().group(4).strip().split(" ")).forEach(word -> words.add("--" + word));
    return plain(data, words.toArray(String[]::new));
  }

  private static RunningServer start(Path data, ProcessBuilder command) {
    try {
      Path errors = Files.createTempFile(data.getParent(), "server", ".err");
      return new RunningServer(command.redirectError(errors.toFile()).start(), data, errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command that starts a server, for tests that expect it to refuse. */
  static ProcessBuilder command(Path data) {
    return plain(data, "--grpc-port", "0", "--http-port", "0", "--jms-port", "0");
  }

  private static ProcessBuilder plain(Path data, String... more) {
    List<String> words = new ArrayList<>(List.of(Home.script().toString(), "server", "start"));
    words.addAll(List.of("--data", data.toString()));
    words.addAll(List.of(more));
    return new ProcessBuilder(words);
  }

  /** The process that is a part of it now, such as "postgres", "broker" or the name of its node. */
  ProcessHandle part(String name) {
    try {
      String record = Files.readString(data.resolve("run").resolve(name + ".pid"));
      return ProcessHandle.of(Long.parseLong(record.strip().split("\\s")[0])).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The launcher, which starts parts again that die. */
  ProcessHandle launcher() {
    return launcher.toHandle();
  }

  /** "HOST:PORT" of the API. */
  public String grpc() {
    return ready.join().group(1);
  }

  /** "HOST:PORT" of HTTP. */
  public String http() {
    return ready.join().group(2);
  }

  /** "HOST:PORT" of the broker. */
  String jms() {
    return ready.join().group(3);
  }

  /** Its data folder. */
  Path data() {
    return data;
  }

  /** A client of this server. */
  public Client client() {
    return new Client(grpc());
  }

  /** kill -9 for every process of it at once. */
  void killTree() {
    ProcessTree.of(launcher, data).kill();
  }

  /** kill -9 for the launcher alone. */
  void killLauncher() throws InterruptedException {
    launcher.destroyForcibly().waitFor();
  }

  /**
   * SIGTERM.
   *
   * @return how long it took until the launcher was gone
   */
  Duration terminate(Duration bound) throws InterruptedException {
    long start = System.nanoTime();
    launcher.destroy();
    boolean gone = launcher.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
    if (!gone) {
      throw new IllegalStateException("still there after " + bound + "\n" + words());
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** The processes of it that live, also those that the launcher no longer knows. */
  List<ProcessHandle> living() {
    return first.living();
  }

  @Override
  public void close() {
    ProcessTree.of(launcher, data).kill();
    if (first != null) {
      first.kill();
    }
  }

  private void read() {
    try (BufferedReader lines = launcher.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = READY.matcher(line);
        if (matcher.matches()) {
          ready.complete(matcher);
        }
      }
      ready.completeExceptionally(new IOException("ended with " + launcher.waitFor()));
    } catch (IOException | InterruptedException e) {
      ready.completeExceptionally(e);
    }
  }

  /** What the launcher has said to its operator. */
  String words() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return "(its words cannot be read: " + e + ")";
    }
  }
}
