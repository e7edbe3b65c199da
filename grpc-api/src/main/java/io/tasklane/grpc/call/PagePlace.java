package io.tasklane.grpc.call;

import io.tasklane.api.ListPosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A place in a list as the text that a page token carries. */
public final class PagePlace {
  private static final String BETWEEN = "@";

  private PagePlace() {}

  /** As text. */
  public static String text(ListPosition place) {
    return place.key() + place.time().map(time -> BETWEEN + time).orElse("");
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
