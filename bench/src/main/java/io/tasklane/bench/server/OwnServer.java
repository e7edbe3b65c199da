package io.tasklane.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server on a temporary folder and free ports, gone when it is closed. */
public final class OwnServer implements Target {
  private static final Pattern READY =
      Pattern.compile("tasklane ready grpc=(\\S+) http=\\S+ jms=(\\S+)\\s*");
  // Line of postmaster.pid that holds the port.
  private static final int PORT_LINE = 3;

  private final Path home;
  private final Path folder;
  private Process process;
  private final List<JoinedNode> joined = new ArrayList<>();
  private Matcher ready;
  private final Thread hook = new Thread(this::stop, "stop the bench's server");

  private OwnServer(Path home, Path folder, Process process) throws IOException {
    this.home = home;
    this.folder = folder;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(hook);
    ready = awaitReady();
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param home the folder of the {@code tasklane} script
   * @return the server, to be closed
   */
  public static OwnServer start(Path home) throws IOException {
    Path folder = Files.createTempDirectory("tasklane-bench-");
    return new OwnServer(home, folder, launch(home, folder));
  }

  /** Stops it and starts it again on its data, and waits until it is ready; its ports are new. */
  public void restart() throws IOException {
    synchronized (this) {
      stopProcesses();
      process = launch(home, folder);
    }
    ready = awaitReady();
  }

  private static Process launch(Path home, Path folder) throws IOException {
    List<String> words =
        List.of(
            home.resolve("tasklane").toString(),
            "server",
            "start",
            "--data",
            data(folder).toString(),
            "--grpc-port",
            "0",
            "--http-port",
            "0",
            "--jms-port",
            "0");
    return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /**
   * Starts one more node on its database and broker, and waits until it is ready.
   *
   * @param name that no other node of it has
   * @return "HOST:PORT" of its API
   */
  public String join(String name) throws IOException {
    JoinedNode node =
        JoinedNode.start(
            home,
            folder.resolve(name),
            List.of(
                "--node",
                name,
                "--database-url",
                "jdbc:postgresql://127.0.0.1:" + databasePort() + "/tasklane",
                "--database-password-file",
                passwordFile().toString(),
                "--broker-url",
                broker().orElseThrow()));
    add(node);
    return node.awaitReady();
  }

  private synchronized void add(JoinedNode node) {
    joined.add(node);
  }

  @Override
  public String grpc() {
    return ready.group(1);
  }

  @Override
  public Optional<String> broker() {
    return Optional.of("tcp://" + ready.group(2));
  }

  @Override
  public Optional<String> database() {
    try {
      String password = Files.readString(passwordFile()).strip();
      return Optional.of(
          "jdbc:postgresql://127.0.0.1:%s/tasklane?user=tasklane&password=%s"
              .formatted(databasePort(), password));
    } catch (IOException e) {
      throw new UncheckedIOException("the server's database is not where it should be", e);
    }
  }

  private String databasePort() throws IOException {
    Path record = data(folder).resolve("postgres/postmaster.pid");
    return Files.readAllLines(record).get(PORT_LINE).strip();
  }

  private Path passwordFile() {
    return data(folder).resolve("postgres.password");
  }

  @Override
  public Map<String, Long> peakMemory() {
    Map<String, Long> peaks = new TreeMap<>();
    process
        .descendants()
        .forEach(
            child ->
                Role.of(child)
                    .filter(role -> role != Role.POSTGRES)
                    .ifPresent(role -> peaks.put(role.word(), PeakMemory.megabytes(child.pid()))));
    return peaks;
  }

  @Override
  public synchronized Map<String, Double> memory() {
    return ResidentMemory.byRole(processes());
  }

  @Override
  public synchronized Stream<ProcessHandle> processes() {
    Stream<ProcessHandle> nodes = joined.stream().flatMap(JoinedNode::processes);
    Stream<ProcessHandle> own = Stream.concat(Stream.of(process.toHandle()), process.descendants());
    return Stream.concat(own, nodes);
  }

  @Override
  public void close() {
    stop();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private Matcher awaitReady() throws IOException {
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher words = READY.matcher(line);
      if (words.matches()) {
        return words;
      }
    }
    close();
    throw new IOException("the server ended before it was ready; its words are above");
  }

  private synchronized void stop() {
    joined.forEach(JoinedNode::close);
    stopProcesses();
    try {
      delete();
    } catch (IOException e) {
      throw new UncheckedIOException("delete " + folder + " by hand", e);
    }
  }

  private void stopProcesses() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private void delete() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
  }
}
