package io.tasklane.cli.output;

import java.util.Set;

/** The colours of a terminal: of headings, of words that say a state, and of errors. */
public final class Palette {
  private static final Set<String> GOOD =
      Set.of("ACTIVE", "SUCCEEDED", "HEALTHY", "COMPLETED", "STARTED", "ENABLED", "RAN");
  private static final Set<String> BUSY = Set.of("RUNNING", "OFFERED", "WAITING");
  private static final Set<String> SLOW =
      Set.of("PAUSED", "DRAINING", "RETRY_WAIT", "CANCELLING", "SUSPECT", "BLOCKED", "DISABLED");
  private static final Set<String> BAD = Set.of("FAILED", "LOST", "FAILED_TO_START");
  private static final Set<String> QUIET = Set.of("CANCELLED", "SKIPPED", "STOPPED");
  private static final String RESET = "\u001b[0m";

  private Palette() {}

  /** A heading, in bold. */
  public static String heading(String text) {
    return "\u001b[1m" + text + RESET;
  }

  /** An error, in red. */
  public static String error(String text) {
    return "\u001b[31m" + text + RESET;
  }

  /** A cell of a table: coloured if it says a state, else as it is. */
  public static String cell(String text) {
    String colour = colour(text);
    return colour.isEmpty() ? text : "\u001b[" + colour + "m" + text + RESET;
  }

  private static String colour(String text) {
    if (GOOD.contains(text)) {
      return "32";
    }
    if (BUSY.contains(text)) {
      return "36";
    }
    if (SLOW.contains(text)) {
      return "33";
    }
    if (BAD.contains(text)) {
      return "31";
    }
    return QUIET.contains(text) ? "2" : "";
  }
}
