package io.tasklane.bench.raw;

import java.time.Duration;

/** A limit that the machine sets, to be measured. */
public interface RawLimit {
  /** What is counted, for example "PostgreSQL, single-row inserts". */
  String name();

  /**
   * Measures, by one client.
   *
   * @param time about how long
   * @return how many a second
   */
  double perSecond(Duration time) throws Exception;
}
