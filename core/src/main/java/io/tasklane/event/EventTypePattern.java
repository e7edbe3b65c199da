package io.tasklane.event;

import io.tasklane.task.Publication;

/**
 * Which types of events are meant: one type, or all that begin with some words. "a.*" means "a.b"
 * and "a.b.c", and not "a" or "ab".
 *
 * @param text a type, or a prefix of one that ends in ".*"
 */
public record EventTypePattern(String text) {
  /** What is allowed, for messages. */
  public static final String ALLOWED =
      "two or more lower-case words joined by dots, such as market.news, or a prefix that ends in"
          + " \".*\", such as market.*";

  private static final String ANY = ".*";

  /** Whether an event can have a type that this means. */
  public boolean isValid() {
    // The shortest type that a prefix means stands for all of them.
    String type = isPrefix() ? prefix() + ".a" : text;
    return type.length() <= Publication.MAX_TYPE_LENGTH && Publication.TYPE.matcher(type).matches();
  }

  /** Whether only Tasklane publishes events of these types. */
  public boolean isReserved() {
    return Publication.isReserved(prefix());
  }

  /** Whether this type is meant. */
  public boolean matches(String type) {
    return isPrefix() ? type.startsWith(prefix() + ".") : type.equals(text);
  }

  private boolean isPrefix() {
    return text.endsWith(ANY);
  }

  private String prefix() {
    return isPrefix() ? text.substring(0, text.length() - ANY.length()) : text;
  }
}
