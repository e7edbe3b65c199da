package io.tasklane.bench.hot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Unit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Whether it can be measured; the figures of one short iteration say nothing. */
class HotCodeTest {
  @Test
  void every_benchmark_runs_and_is_shown_by_its_name() throws Exception {
    Options once =
        Jmh.options(".*", TimeValue.milliseconds(5))
            .warmupIterations(0)
            .measurementIterations(1)
            .forks(0)
            .build();
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    Figures figures =
        Jmh.run(once, OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT));
    assertThat(figures.measures())
        .allSatisfy(
            measure -> {
              assertThat(measure.unit()).isEqualTo(Unit.NANOSECONDS);
              assertThat(measure.tasklane()).as(measure.name()).isPositive();
            })
        .extracting(Measure::name)
        .containsExactlyInAnyOrderElementsOf(names());
    assertThat(Figures.read(figures.json()).measures()).hasSameSizeAs(figures.measures());
  }

  private static List<String> names() {
    return Stream.of(Moves.class, Events.class, Requests.class)
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Benchmark.class))
        .map(HotCodeTest::name)
        .toList();
  }

  private static String name(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }
}
