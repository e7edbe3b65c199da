package io.tasklane.bench.report;

import io.tasklane.bench.figure.Figures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a scenario in a process of its own, so that what one run compiled, cached or left
 * behind does not help or hinder the next.
 */
final class BenchProcess {
  private BenchProcess() {}

  /** The words of the command line, as they are typed behind "tasklane bench". */
  static Figures run(List<String> words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.tasklane.bench.Bench");
    command.addAll(words);
    command.add("--json");
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread hook = new Thread(process::destroy, "stop the run");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      byte[] told = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", words) + " was not measured, see above");
      }
      String out = new String(told, StandardCharsets.UTF_8).strip();
      return Figures.read(out.substring(out.lastIndexOf('\n') + 1));
    } finally {
      process.destroy();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
