package io.tasklane.feature;

import io.tasklane.event.LogEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A module of the engine, and what it registers when a node starts. A kind of command needs no
 * registration: it names its place in {@link io.tasklane.commit.CommandOrder}, and whoever submits
 * it, such as a service or due work, belongs to the same feature.
 */
public interface Feature extends AutoCloseable {
  /** Reads the events that this feature writes; one codec for each kind. */
  default List<EventCodec> events() {
    return List.of();
  }

  /** Work that the passing of time causes, in the order in which it is done. */
  default List<DueWork> dueWork() {
    return List.of();
  }

  /** Called with all new events, in their order, on the thread of the log's tail. */
  default List<Consumer<List<LogEvent>>> followers() {
    return List.of();
  }

  /** What decides whether the head of a queue may be claimed, in the order of the locks. */
  default List<ClaimCondition> claimConditions() {
    return List.of();
  }

  /**
   * Who executes a head instead of the owner of its queue, asked after all claim conditions: its
   * {@code check} may answer {@link ClaimVerdict.Given}.
   */
  default Optional<ClaimCondition> claimTarget() {
    return Optional.empty();
  }

  /** What takes part in the commands that end tasks, in the order in which it writes. */
  default List<CompletionListener> completionListeners() {
    return List.of();
  }

  /** What edges may call, found by type: classes named {@code ...Service}. */
  default List<Object> services() {
    return List.of();
  }

  /** Stops what the feature has started, after the last run has ended. */
  @Override
  default void close() {}
}
