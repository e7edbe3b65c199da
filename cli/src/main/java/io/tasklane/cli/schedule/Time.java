package io.tasklane.cli.schedule;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.text.ParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time of RFC 3339, such as "2026-11-23T09:30:00Z". */
final class Time implements ITypeConverter<Timestamp> {
  @Override
  public Timestamp convert(String text) {
    try {
      return Timestamps.parse(text);
    } catch (ParseException | IllegalArgumentException noTime) {
      throw refused(text);
    }
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "'" + text + "' is no time; allowed is RFC 3339, such as 2026-11-23T09:30:00Z");
  }
}
