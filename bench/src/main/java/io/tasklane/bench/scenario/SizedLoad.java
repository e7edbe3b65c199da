package io.tasklane.bench.scenario;

import java.util.List;

/** So much of something on a server that has just been started, and what that costs. */
interface SizedLoad extends AutoCloseable {
  /** Lets there be so much of it, and warms up what will be measured. */
  void warmUp() throws Exception;

  /** Measures. */
  List<Cost> measure() throws Exception;

  @Override
  default void close() {
    // most have nothing of their own
  }
}
