package io.tasklane.forecast;

import io.tasklane.queue.RateLimit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A queue as it is now, and how much comes to it, without the tasks of the workflow itself.
 *
 * @param concurrency runs at once, 1 or more
 * @param rate most starts within a period
 * @param running what runs
 * @param waiting what waits, in any order
 * @param minutes how many tasks of each type became ready, minute by minute of the recent past; the
 *     next minutes are taken to be like these
 */
public record QueueOutlook(
    int concurrency,
    Optional<RateLimit> rate,
    List<Running> running,
    List<Waiting> waiting,
    List<Map<String, Long>> minutes) {
  /**
   * From so many arrivals a minute on, those to come are not followed one by one: the waits of the
   * past stand for them.
   */
  static final int DENSE = 600;

  /**
   * A task that has a slot.
   *
   * @param taskType its type
   * @param elapsed how long it has run, in seconds
   */
  public record Running(String taskType, double elapsed) {}

  /**
   * Tasks that wait one after another.
   *
   * @param taskType their type
   * @param priority 1 to 10
   * @param place before those with a larger number
   * @param count how many, 1 or more
   */
  public record Waiting(String taskType, int priority, int place, int count) {}

  /** Copies the lists. */
  public QueueOutlook {
    running = List.copyOf(running);
    waiting = List.copyOf(waiting);
    minutes = List.copyOf(minutes);
  }

  /** A queue with nothing in it, to which nothing comes. */
  public static QueueOutlook idle(int concurrency) {
    return new QueueOutlook(concurrency, Optional.empty(), List.of(), List.of(), List.of());
  }

  /** Whether so much comes that it is not followed one by one. */
  boolean isDense() {
    long all =
        minutes.stream().flatMap(types -> types.values().stream()).mapToLong(Long::longValue).sum();
    return all > (long) DENSE * minutes.size();
  }
}
