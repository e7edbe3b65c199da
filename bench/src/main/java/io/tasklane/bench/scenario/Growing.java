package io.tasklane.bench.scenario;

import java.util.List;

/** Something of which there is more and more, and what that costs. */
interface Growing extends AutoCloseable {
  /** Lets there be so many of it, more than before, and warms up what will be measured. */
  void growTo(int count) throws Exception;

  /** Measures at the size that it has now. */
  List<Cost> measure() throws Exception;

  @Override
  default void close() {
    // most have nothing of their own
  }
}
