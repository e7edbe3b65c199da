package io.tasklane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;

/**
 * A command line that was run, with a server that only notes how it was started.
 *
 * @param code the exit code
 * @param out what was printed
 * @param error what was printed to standard error
 * @param started what server start was called with; empty where it was not called
 */
record CommandRun(int code, String out, String error, Optional<StartOptions> started) {

  static CommandRun of(String... words) {
    AtomicReference<StartOptions> started = new AtomicReference<>();
    return of(
        options -> {
          started.set(options);
          return 0;
        },
        started,
        words);
  }

  static CommandRun of(StartCommand.Start start, String... words) {
    return of(start, new AtomicReference<>(), words);
  }

  private static CommandRun of(
      StartCommand.Start start, AtomicReference<StartOptions> started, String... words) {
    StringWriter out = new StringWriter();
    StringWriter error = new StringWriter();
    CommandLine line =
        Launcher.commandLine(start)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(error, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    int code = line.execute(words);
    return new CommandRun(
        code, out.toString(), error.toString(), Optional.ofNullable(started.get()));
  }

  /** What server start reads from these options. */
  static StartOptions start(String... options) {
    CommandRun run = of(startWith(options));
    assertThat(run.error()).isEmpty();
    assertThat(run.code()).isZero();
    return run.started().orElseThrow();
  }

  /** The message that server start refuses these options with; nothing was started. */
  static String refusal(String... options) {
    CommandRun run = of(startWith(options));
    assertThat(run.started()).isEmpty();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.error()).startsWith("tasklane: ").contains("tasklane server start --help");
    return run.error();
  }

  private static String[] startWith(String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "start";
    System.arraycopy(options, 0, words, 1, options.length);
    return words;
  }
}
