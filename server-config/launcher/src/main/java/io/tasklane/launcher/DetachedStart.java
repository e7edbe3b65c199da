package io.tasklane.launcher;

import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.process.RunRecord;
import io.tasklane.launcher.process.ServerJvm;
import io.tasklane.launcher.process.Waiting;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A start in the background. Another launcher does it, which outlives this one; its words go to a
 * log and are repeated here until it is ready or has ended.
 *
 * @param command how that launcher is run
 * @param log where its words go
 */
record DetachedStart(List<String> command, Path log) {
  static final String OPTION = "--detach";
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final String READY = "tasklane ready ";
  private static final Duration LOOK = Duration.ofMillis(50);

  /**
   * Runs {@code server} with the same words in another process of this JDK.
   *
   * @param data its data folder
   * @param words of the command line, with the option that brought us here
   */
  static DetachedStart of(DataFolder data, List<String> words) throws CannotStart {
    data.create();
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As the script runs it.
    command.addAll(List.of("-Xmx64m", "-Xmn4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(ServerJvm.flags(Runtime.version()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Launcher.class.getName());
    words.stream()
        .filter(word -> !word.equals(OPTION) && !word.startsWith(OPTION + "="))
        .forEach(command::add);
    return new DetachedStart(command, data.log(RunRecord.LAUNCHER));
  }

  /**
   * Starts it and waits.
   *
   * @return 0 when it is ready, otherwise the exit code it ended with
   */
  int run(PrintWriter out, PrintWriter error) throws IOException {
    long before = Files.exists(log) ? Files.size(log) : 0;
    Process launcher =
        new ProcessBuilder(command)
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .start();
    try (RandomAccessFile said = new RandomAccessFile(log.toFile(), "r")) {
      said.seek(before);
      while (true) {
        boolean ended = !launcher.isAlive();
        if (said.getFilePointer() > said.length()) {
          said.seek(0); // It was cut, as a log that has reached its size is.
        }
        for (String line = said.readLine(); line != null; line = said.readLine()) {
          String text = utf8(line);
          if (text.startsWith(READY)) {
            out.println(text);
            return 0;
          }
          error.println(text);
        }
        if (ended) {
          return Math.max(1, launcher.exitValue());
        }
        if (!Waiting.pause(LOOK)) {
          throw new IOException("interrupted while the server starts");
        }
      }
    }
  }

  /** A file's own readLine takes each byte for a character. */
  private static String utf8(String line) {
    return new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
