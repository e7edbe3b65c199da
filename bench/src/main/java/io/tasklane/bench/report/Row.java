package io.tasklane.bench.report;

import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Quantiles;
import io.tasklane.bench.figure.Reference;
import io.tasklane.bench.figure.Unit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * One measure in all its runs. Every figure is the median of its own runs, a ratio too: it is the
 * median of the ratios, since figures are only comparable within one run.
 *
 * @param measures of the same name, at least one
 */
record Row(List<Measure> measures) {

  String name() {
    return measures.get(0).name();
  }

  Unit unit() {
    return measures.get(0).unit();
  }

  int runs() {
    return measures.size();
  }

  double tasklane() {
    return all().median();
  }

  double least() {
    return all().percentile(Double.MIN_VALUE);
  }

  double most() {
    return all().maximum();
  }

  OptionalDouble goal() {
    return measures.get(0).goal();
  }

  Optional<Boolean> reached() {
    Measure first = measures.get(0);
    return new Measure(
            first.name(),
            first.unit(),
            tasklane(),
            first.goal(),
            first.raw(),
            first.peer(),
            first.usage())
        .reached();
  }

  Optional<Reference> raw() {
    return medianOf(Measure::raw);
  }

  Optional<Reference> peer() {
    return medianOf(Measure::peer);
  }

  OptionalDouble ratio() {
    return median(Measure::ratio);
  }

  OptionalDouble ratioToPeer() {
    return median(Measure::ratioToPeer);
  }

  /** Processor time of a task, in milliseconds. */
  OptionalDouble processor() {
    return median(measure -> measure.usage().processor());
  }

  /** Bytes of the write-ahead log of a task. */
  OptionalDouble walBytes() {
    return median(measure -> measure.usage().walBytes());
  }

  private Quantiles all() {
    return new Quantiles(measures.stream().mapToDouble(Measure::tasklane).toArray());
  }

  private Optional<Reference> medianOf(Function<Measure, Optional<Reference>> other) {
    List<Reference> found = measures.stream().map(other).flatMap(Optional::stream).toList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    double middle = new Quantiles(found.stream().mapToDouble(Reference::value).toArray()).median();
    return Optional.of(new Reference(found.get(0).name(), middle));
  }

  private OptionalDouble median(Function<Measure, OptionalDouble> figure) {
    double[] found =
        measures.stream().map(figure).flatMapToDouble(OptionalDouble::stream).toArray();
    return found.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(new Quantiles(found).median());
  }
}
