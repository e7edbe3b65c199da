package io.tasklane.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that ran to its end as a process of its own. */
record CommandRun(int exitCode, String out, String err) {
  /** Runs it, and ends it by force where it takes longer than the bound. */
  static CommandRun of(Duration bound, List<String> words)
      throws IOException, InterruptedException {
    return of(bound, new ProcessBuilder(words));
  }

  private static CommandRun of(Duration bound, ProcessBuilder command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("command", ".out");
    Path err = Files.createTempFile("command", ".err");
    Process process = command.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      boolean ended = process.waitFor(bound.toSeconds(), TimeUnit.SECONDS);
      String words1 = Files.readString(out);
      String words2 = Files.readString(err);
      if (!ended) {
        throw new AssertionError(
            command.command() + " took over " + bound + "\n" + words1 + words2);
      }
      return new CommandRun(process.exitValue(), words1, words2);
    } finally {
      end(process);
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Runs the {@code tasklane} command. */
  static CommandRun tasklane(Duration bound, String... args) throws Exception {
    return of(bound, words(args));
  }

  /** Runs the {@code tasklane} command that starts servers, which end with it. */
  static CommandRun withServers(Duration bound, String... args) throws Exception {
    return of(bound, ShortLived.of(new ProcessBuilder(words(args))));
  }

  private static List<String> words(String... args) {
    List<String> words = new ArrayList<>(List.of(Home.script().toString()));
    words.addAll(List.of(args));
    return words;
  }

  String lastLine() {
    return out.strip().substring(out.strip().lastIndexOf('\n') + 1);
  }

  private static void end(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
