package io.tasklane.cli.importer;

import com.google.gson.JsonElement;
import com.google.protobuf.Duration;
import io.tasklane.v1.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * An entry of a file of another system.
 *
 * @param line where it begins, from 1
 * @param name as the file calls it
 * @param schedule the trigger and the limits, without what it does
 * @param steps what it does, one after the other; at least one
 */
record Entry(int line, String name, Schedule schedule, List<Step> steps) {
  /**
   * A task that it starts.
   *
   * @param type as the file calls it
   * @param queue as the file calls it; empty if it does not say
   * @param input of the task
   * @param priority 1 to 10; 0 for the usual one
   * @param attempts at most, the first included; 0 for those of the queue
   * @param waitsAtMost until its start; empty for no limit
   */
  record Step(
      String type,
      String queue,
      JsonElement input,
      int priority,
      int attempts,
      Optional<Duration> waitsAtMost) {
    /** A task without settings of its own. */
    static Step of(String type, String queue, JsonElement input) {
      return new Step(type, queue, input, 0, 0, Optional.empty());
    }
  }
}
