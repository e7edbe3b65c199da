package io.tasklane.task;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * An event that a handler or an external producer publishes in the event log, such as that a price
 * moved or a limit was broken.
 *
 * @param eventType dotted lower-case words, such as "market.news", at most 128 characters; the
 *     first word must be none of Tasklane's own
 * @param subject name of what it is about, such as "symbols/AAPL": 1 to 256 characters, no control
 *     characters
 * @param data a JSON object, at most {@link Payload#MAX_BYTES}
 */
public record Publication(String eventType, String subject, Payload data) {
  /** The most events that one run, or one call from outside, may publish. */
  public static final int MOST_AT_ONCE = 500;

  /** The most that the data of one run's events may be together: 4 MiB, as for one call. */
  public static final int MOST_BYTES_AT_ONCE = 4 * 1024 * 1024;

  /** Types of events: two or more lower-case words joined by dots. */
  public static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+");

  /** The longest type of an event, in characters. */
  public static final int MAX_TYPE_LENGTH = 128;

  private static final Pattern SUBJECT = Pattern.compile("[^\\p{Cntrl}]{1,256}");

  /** First words of the types that Tasklane itself writes, now or in the future. */
  private static final Set<String> OWN =
      Set.of(
          "alert",
          "artifact",
          "audit",
          "batch",
          "dead_letter",
          "fact",
          "halt",
          "node",
          "queue",
          "resource",
          "schedule",
          "system",
          "task",
          "tasklane",
          "trigger",
          "worker",
          "workflow");

  /**
   * Checks each part.
   *
   * @throws IllegalArgumentException with the part and what is allowed
   */
  public Publication {
    if (eventType == null
        || eventType.length() > MAX_TYPE_LENGTH
        || !TYPE.matcher(eventType).matches()) {
      throw wrong(
          "event type", eventType, "two or more lower-case words with dots, such as market.news");
    }
    if (isReserved(eventType)) {
      throw wrong("event type", eventType, "Tasklane alone publishes types with this first word");
    }
    if (subject == null || !SUBJECT.matcher(subject).matches()) {
      throw wrong("subject", subject, "1 to 256 characters, none of them a control character");
    }
    if (!data.isJson() || data.body().length > Payload.MAX_BYTES) {
      throw wrong("data", data.toString(), "JSON of at most " + Payload.MAX_BYTES + " bytes");
    }
  }

  /** Whether only Tasklane publishes events of this type, judged by its first word. */
  public static boolean isReserved(String eventType) {
    return OWN.contains(eventType.split("\\.", 2)[0]);
  }

  private static IllegalArgumentException wrong(String what, String value, String allowed) {
    return new IllegalArgumentException(
        what + " \"" + value + "\" of an event is not allowed: " + allowed);
  }
}
