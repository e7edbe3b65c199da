package io.tasklane.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How one run of a task ended. */
public sealed interface RunEnd {
  /**
   * The handler returned.
   *
   * @param result what it returned
   * @param children tasks to create in the same commit
   * @param events to publish in the same commit, in this order
   */
  record Succeeded(Payload result, List<TaskRequest> children, List<Publication> events)
      implements RunEnd {
    /** Without events. */
    public Succeeded(Payload result, List<TaskRequest> children) {
      this(result, children, List.of());
    }
  }

  /**
   * The handler failed, or hit its time limit.
   *
   * @param failure how
   * @param retryDelay what the handler asked for, instead of the policy's backoff
   * @param partialResult what it left over
   */
  record Failed(Failure failure, Optional<Duration> retryDelay, Optional<Payload> partialResult)
      implements RunEnd {}

  /**
   * The handler stopped because it was told to, by a cancel.
   *
   * @param partialResult what it left over
   */
  record Stopped(Optional<Payload> partialResult) implements RunEnd {}

  /** The handler gave way to a task of higher priority, and has kept how far it came. */
  record Preempted() implements RunEnd {}

  /** The node stops, and the handler with it. */
  record HandedBack() implements RunEnd {}
}
