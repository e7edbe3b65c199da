package io.tasklane.forecast;

import io.tasklane.rollup.Histogram;
import java.util.List;

/**
 * What comes to a queue and what is in it.
 *
 * @param minutes how many tasks became ready, minute by minute, at least one minute
 * @param runs how long its runs take
 * @param waiting tasks that wait now
 * @param running tasks that run now
 */
public record QueueLoad(List<Long> minutes, Histogram runs, int waiting, int running) {
  /** Copies the list. */
  public QueueLoad {
    minutes = List.copyOf(minutes);
  }

  /** The mean number of arrivals in a second. */
  double rate() {
    return minutes.stream().mapToLong(Long::longValue).sum() / (60.0 * minutes.size());
  }
}
