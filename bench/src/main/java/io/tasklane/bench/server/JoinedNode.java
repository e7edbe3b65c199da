package io.tasklane.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One more node of a server, with a launcher of its own. */
final class JoinedNode {
  private static final Pattern READY = Pattern.compile("tasklane ready grpc=(\\S+) .*");

  private final Process launcher;

  private JoinedNode(Process launcher) {
    this.launcher = launcher;
  }

  static JoinedNode start(Path home, Path data, List<String> options) throws IOException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of(home.resolve("tasklane").toString(), "server", "start"));
    words.addAll(List.of("--data", data.toString(), "--grpc-port", "0", "--http-port", "0"));
    words.addAll(options);
    return new JoinedNode(
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Waits until it serves, and gives "HOST:PORT" of its API. */
  String awaitReady() throws IOException {
    BufferedReader lines = launcher.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher words = READY.matcher(line);
      if (words.matches()) {
        return words.group(1);
      }
    }
    throw new IOException("a node ended before it was ready; its words are above");
  }

  Stream<ProcessHandle> processes() {
    return Stream.concat(Stream.of(launcher.toHandle()), launcher.descendants());
  }

  void close() {
    List<ProcessHandle> children = launcher.descendants().toList();
    launcher.destroy();
    try {
      launcher.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    launcher.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
