package io.tasklane.cli.demo;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one line by which a server says that it can be used.
 *
 * @param grpc "HOST:PORT" of the API
 * @param http "HOST:PORT" of the dashboard
 * @param jms "HOST:PORT" of the broker
 */
record ReadyLine(String grpc, String http, String jms) {
  private static final Pattern LINE =
      Pattern.compile("tasklane ready grpc=(\\S+) http=(\\S+) jms=(\\S+)\\s*");

  static Optional<ReadyLine> parse(String line) {
    Matcher matcher = LINE.matcher(line);
    return matcher.matches()
        ? Optional.of(new ReadyLine(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }
}
