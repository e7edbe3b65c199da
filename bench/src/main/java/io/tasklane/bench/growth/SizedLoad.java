package io.tasklane.bench.growth;

import java.util.List;

/** A load of one size on a server that has just been started, and what it costs. */
interface SizedLoad extends AutoCloseable {
  /** Builds the load up to its size, and warms up what will be measured. */
  void warmUp() throws Exception;

  /** Measures rates and times at this size, with what they cost the server. */
  List<Cost> measure() throws Exception;

  @Override
  default void close() {
    // most hold nothing that must be closed
  }
}
