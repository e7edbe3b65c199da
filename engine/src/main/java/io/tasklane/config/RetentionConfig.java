package io.tasklane.config;

import java.time.Duration;

/**
 * How long things are kept, and when the daily clean-up removes them.
 *
 * @param tasks how long a task is kept after its end, at least PT1H; tasklane.retention.tasks
 * @param deadLetters how long a failed task is kept if that is longer, at least PT1H;
 *     tasklane.retention.dead-letters
 * @param events how long events are kept at least, in whole days of UTC, at least P1D;
 *     tasklane.retention.events
 * @param effects how long the effect ledger keeps an effect after its last change, at least P1D;
 *     tasklane.retention.effects
 * @param hour of the day in UTC after which the clean-up runs, 0 to 23; tasklane.retention.hour
 */
public record RetentionConfig(
    Duration tasks, Duration deadLetters, Duration events, Duration effects, int hour) {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int NIGHT = 3;

  /** Reads the keys. */
  public static RetentionConfig from(Settings settings) {
    return new RetentionConfig(
        atLeast(settings, "tasklane.retention.tasks", WEEK, Duration.ofHours(1)),
        atLeast(
            settings, "tasklane.retention.dead-letters", Duration.ofDays(30), Duration.ofHours(1)),
        atLeast(settings, "tasklane.retention.events", WEEK, Duration.ofDays(1)),
        atLeast(settings, "tasklane.retention.effects", Duration.ofDays(90), Duration.ofDays(1)),
        settings.number("tasklane.retention.hour", NIGHT, 0, 23));
  }

  private static Duration atLeast(
      Settings settings, String key, Duration otherwise, Duration least) {
    Duration duration = settings.duration(key, otherwise);
    if (duration.compareTo(least) < 0) {
      throw Settings.wrong(
          key, settings.text(key, ""), "an ISO-8601 duration of at least " + least);
    }
    return duration;
  }
}
