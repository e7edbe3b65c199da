package io.tasklane.cli.command;

import io.tasklane.cli.command.WholeNumber.Count;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** How much of a list to show, and from where. */
public final class PageOptions {
  private static final int LARGEST_PAGE = 500;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Count.class,
      description = "At most so many. Default: 50.")
  private int limit = 50;

  @Option(
      names = "--page",
      paramLabel = "TOKEN",
      description = "Go on from where an earlier list ended, with the same other options.")
  private String page = "";

  /** Where the first request begins. */
  String token() {
    return page;
  }

  /** Whether the list may be longer, after so many. */
  boolean hasRoom(int have) {
    return have < limit;
  }

  /** How many to ask for, after so many. */
  int size(int have) {
    return Math.min(limit - have, LARGEST_PAGE);
  }

  /** Says how to see the rest, where there is more. */
  public static void remark(PrintWriter err, String nextPage) {
    remark(err, "", nextPage);
  }

  /**
   * Says how to see the rest, where there is more.
   *
   * @param options to repeat with it, each followed by a space
   */
  public static void remark(PrintWriter err, String options, String nextPage) {
    if (!nextPage.isEmpty()) {
      err.println(
          "there are more; raise --limit, narrow them with --filter, or go on with "
              + options
              + "--page "
              + nextPage);
    }
  }
}
