package io.tasklane.launcher.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A started process whose output goes to its log and whose input stays open while we live. */
final class Child {
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  // A session of its own, where the system has setsid: Ctrl-C goes to a whole foreground group, and
  // the launcher alone decides in which order its components end.
  static Child start(ProcessBuilder builder, LogFile log) throws IOException {
    if (Files.isExecutable(SETSID)) {
      List<String> command = new ArrayList<>(builder.command());
      command.add(0, SETSID.toString());
      builder.command(command);
    }
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.path().toFile()));
    return new Child(builder.start());
  }

  Process process() {
    return process;
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  int await() throws InterruptedException {
    return process.waitFor();
  }

  boolean gone(Duration bound) {
    try {
      return process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
