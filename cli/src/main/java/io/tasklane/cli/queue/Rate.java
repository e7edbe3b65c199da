package io.tasklane.cli.queue;

import com.google.protobuf.util.Durations;
import io.tasklane.cli.command.TimeSpan;
import io.tasklane.v1.RateLimit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads "10/1s" as a rate limit, and "none" as one without permits, which is none. */
final class Rate implements ITypeConverter<RateLimit> {
  private static final Pattern LIMIT = Pattern.compile("([1-9]\\d{0,5})/(.+)");
  private static final int MOST_PERMITS = 100_000;
  private static final long LONGEST_MILLIS = 86_400_000;

  @Override
  public RateLimit convert(String text) {
    if (text.equals("none")) {
      return RateLimit.getDefaultInstance();
    }
    Matcher limit = LIMIT.matcher(text);
    if (limit.matches()) {
      int permits = Integer.parseInt(limit.group(1));
      long millis = new TimeSpan().convert(limit.group(2)).toMillis();
      if (permits <= MOST_PERMITS && millis >= 1 && millis <= LONGEST_MILLIS) {
        return RateLimit.newBuilder()
            .setPermits(permits)
            .setPeriod(Durations.fromMillis(millis))
            .build();
      }
    }
    throw new TypeConversionException(
        "'"
            + text
            + "' is not allowed: 1 to "
            + MOST_PERMITS
            + " starts within 1ms to 24h, as 10/1s, or none");
  }
}
