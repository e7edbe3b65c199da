package io.tasklane.cli.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A mode of orchestration, which the shipped template of that name shows. */
enum DemoMode {
  /** One queue after another. */
  SEQUENTIAL,
  /** All queues at once. */
  PARALLEL,
  /** One branch or the other. */
  CONDITIONAL,
  /** When something happens. */
  EVENT_DRIVEN;

  /** As it is typed, and as its template is called: "event-driven". */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads what was typed. */
  static final class Converter implements ITypeConverter<DemoMode> {
    @Override
    public DemoMode convert(String value) {
      return Arrays.stream(values())
          .filter(mode -> mode.word().equals(value))
          .findFirst()
          .orElseThrow(
              () -> {
                List<String> words = Arrays.stream(values()).map(DemoMode::word).toList();
                return new TypeConversionException(
                    "\"" + value + "\" is not allowed: " + String.join(", ", words));
              });
    }
  }
}
