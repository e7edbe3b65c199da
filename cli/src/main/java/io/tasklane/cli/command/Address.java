package io.tasklane.cli.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a server as people give it. */
public final class Address {
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:[^\\s:/\\[\\]]+|\\[[0-9a-fA-F:.%]+\\]):(\\d{1,5})");
  private static final int LAST_PORT = 65_535;

  private Address() {}

  /**
   * Passes an address that a connection can be made to.
   *
   * @throws CommandFailure USAGE, with an example, for anything else
   */
  public static String require(String given) {
    Matcher matcher = HOST_AND_PORT.matcher(given);
    if (matcher.matches()) {
      int port = Integer.parseInt(matcher.group(1));
      if (port >= 1 && port <= LAST_PORT) {
        return given;
      }
    }
    throw new CommandFailure(
        ExitCode.USAGE,
        "\""
            + given
            + "\" is no address of a server: --server, $TASKLANE_SERVER and profiles take"
            + " HOST:PORT, such as 127.0.0.1:9090 or [::1]:9090");
  }
}
