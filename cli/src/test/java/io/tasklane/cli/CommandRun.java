package io.tasklane.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;

/** One run of the command and what it left behind. */
public record CommandRun(int exitCode, String out, String err) {
  /** Runs it as the shell would. */
  public static CommandRun of(Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Tasklane.commandLine(environment);
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return new CommandRun(Tasklane.run(line, args), out.toString(), err.toString());
  }

  /** The last line of the output. */
  public String lastLine() {
    String[] lines = out.strip().split("\n");
    return lines[lines.length - 1];
  }
}
