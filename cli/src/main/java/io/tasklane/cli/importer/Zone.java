package io.tasklane.cli.importer;

import java.time.DateTimeException;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a time zone. */
final class Zone implements ITypeConverter<ZoneId> {
  @Override
  public ZoneId convert(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException none) {
      throw new TypeConversionException(
          "'" + text + "' is no time zone; allowed are names such as Europe/London, and +05:30");
    }
  }
}
