package io.tasklane.bench.hot;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Unit;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Measures the hot code of core with JMH, the average time of a call. What JMH says meanwhile goes
 * to standard error, and what it measured is told as by every scenario.
 */
@Command(
    name = "jmh",
    description = "The hot code of core by itself, without a server.",
    mixinStandardHelpOptions = true)
public final class Jmh implements Callable<Integer> {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final int WARM_UPS = 3;
  private static final int ITERATIONS = 5;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATTERN",
      description = "Those whose name has this regular expression in it. Default: all.")
  private String pattern = "";

  @Option(names = "--json", description = "Print one JSON object as the last line.")
  private boolean json;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description =
          "How long an iteration takes, 1 to 600. Default: 1. In each JVM "
              + WARM_UPS
              + " warm up, then "
              + ITERATIONS
              + " count.")
  private int seconds = 1;

  @Option(
      names = "--forks",
      paramLabel = "N",
      description = "In how many JVMs of its own each is measured, 1 to 20. Default: 2.")
  private int forks = 2;

  @Override
  public Integer call() throws RunnerException {
    require("--seconds", seconds, 600);
    require("--forks", forks, 20);
    Options options =
        options("^" + Jmh.class.getPackageName() + "\\..*" + pattern, TimeValue.seconds(seconds))
            .warmupIterations(WARM_UPS)
            .measurementIterations(ITERATIONS)
            .forks(forks)
            .build();
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Figures figures =
        run(options, OutputFormatFactory.createFormatInstance(err, VerboseMode.NORMAL));
    if (json) {
      spec.commandLine().getOut().println(figures.json());
      spec.commandLine().getOut().flush();
    } else {
      figures.print(spec.commandLine().getOut());
    }
    return 0;
  }

  /** The options that all have, for iterations of this length. */
  static OptionsBuilder options(String include, TimeValue iteration) {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(include)
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .warmupTime(iteration)
        .measurementTime(iteration)
        .shouldFailOnError(true);
    return options;
  }

  /** Measures, each under the name of its class and method. */
  static Figures run(Options options, OutputFormat progress) throws RunnerException {
    Figures figures = Figures.of("jmh", CLOCK.instant());
    Collection<RunResult> results = new Runner(options, progress).run();
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      String name = result.getParams().getBenchmark();
      name = name.substring(Jmh.class.getPackageName().length() + 1);
      figures.add(Measure.of(name, Unit.NANOSECONDS, time.getScore()));
      if (time.getSampleCount() > 2) { // of fewer JMH knows no error
        figures.detail(name + ", error of 99.9 %, ns", time.getScoreError());
      }
    }
    return figures;
  }

  private void require(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new ParameterException(
          spec.commandLine(), "%s %d: 1 to %d are allowed".formatted(option, value, most));
    }
  }
}
