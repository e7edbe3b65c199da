package io.tasklane.grpc.call;

import io.tasklane.api.ListPosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A list position as the text that a page token carries. */
public final class PositionToken {
  private static final String BETWEEN = "@";

  private PositionToken() {}

  /** The position as text. */
  public static String text(ListPosition position) {
    return position.key() + position.time().map(time -> BETWEEN + time).orElse("");
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws io.tasklane.grpc.error.InvalidRequest PAGE_TOKEN where it is no such text
   */
  public static Optional<ListPosition> of(PageToken list, String token) {
    return list.position(token).map(text -> read(text, token));
  }

  private static ListPosition read(String text, String token) {
    int between = text.indexOf(BETWEEN);
    try {
      long key = Long.parseLong(between < 0 ? text : text.substring(0, between));
      return new ListPosition(
          between < 0 ? Optional.empty() : Optional.of(Instant.parse(text.substring(between + 1))),
          key);
    } catch (NumberFormatException | DateTimeException notOurs) {
      throw PageToken.refused(token);
    }
  }
}
