package io.tasklane.task;

import io.tasklane.fact.Fact;
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
   * @param facts to set in the same commit, in this order
   */
  record Succeeded(
      Payload result, List<TaskRequest> children, List<Publication> events, List<Fact> facts)
      implements RunEnd {
    /** A success that sets no facts. */
    public Succeeded(Payload result, List<TaskRequest> children, List<Publication> events) {
      this(result, children, events, List.of());
    }

    /** A success that publishes no events and sets no facts. */
    public Succeeded(Payload result, List<TaskRequest> children) {
      this(result, children, List.of());
    }
  }

  /**
   * The handler failed, or reached its time limit.
   *
   * @param failure why
   * @param retryDelay what the handler asked for, instead of the policy's backoff
   * @param partialResult its partial result
   */
  record Failed(Failure failure, Optional<Duration> retryDelay, Optional<Payload> partialResult)
      implements RunEnd {}

  /**
   * The handler stopped because it was asked to, by a cancel.
   *
   * @param partialResult its partial result
   */
  record Stopped(Optional<Payload> partialResult) implements RunEnd {}

  /**
   * The handler was preempted by a task of higher priority, and has saved a checkpoint.
   *
   * @param by name of that task, "tasks/{task}"
   */
  record Preempted(String by) implements RunEnd {}

  /**
   * The run needed the database or the artifact storage of Tasklane itself, which could not be
   * reached: it uses no attempt.
   *
   * @param failure what was away
   * @param backoff how long the task waits, more than zero
   */
  record Released(Failure failure, Duration backoff) implements RunEnd {}

  /**
   * A step of the run sleeps or waits: the task gives its slot back and goes on later, without a
   * new attempt.
   *
   * @param step its name
   * @param rest how long at most
   */
  record Suspended(String step, Duration rest) implements RunEnd {}

  /**
   * The worker that ran it was lost: it uses no attempt.
   *
   * @param failure of kind LEASE_LOST, which the attempt shows
   * @param alone whether nothing else ran on the worker
   */
  record LeaseLost(Failure failure, boolean alone) implements RunEnd {}

  /** The run was interrupted because the node stops. */
  record HandedBack() implements RunEnd {}
}
