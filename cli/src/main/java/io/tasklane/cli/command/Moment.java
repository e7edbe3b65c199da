package io.tasklane.cli.command;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads "2026-11-23T09:30:00Z" as that moment, and "10m" as ten minutes ago. */
public final class Moment implements ITypeConverter<Instant> {
  private final Clock clock;

  /** Counts back from now. */
  public Moment() {
    this(Clock.systemUTC());
  }

  Moment(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Instant convert(String text) {
    return read(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + text
                        + "' is no time; allowed are a time of RFC 3339, such as"
                        + " 2026-11-23T09:30:00Z, and how long ago it was, such as 90s, 10m or"
                        + " 2h"));
  }

  /** The moment, empty where the text is none. */
  public Optional<Instant> read(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException noTime) {
      return ago(text);
    }
  }

  private Optional<Instant> ago(String text) {
    try {
      return Optional.of(clock.instant().minus(new TimeSpan().convert(text)));
    } catch (TypeConversionException | DateTimeException | ArithmeticException noSpan) {
      return Optional.empty();
    }
  }
}
