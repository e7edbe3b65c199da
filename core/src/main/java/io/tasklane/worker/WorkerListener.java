package io.tasklane.worker;

import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import java.time.Duration;
import java.util.Optional;

/** What a worker is told over its stream; called by many threads, must not block. */
public interface WorkerListener {
  /** Why a run has to stop, or should. */
  enum Stop {
    /** Somebody cancelled the task. */
    CANCEL,
    /** A time limit is reached. */
    TIMEOUT,
    /** A task of higher priority waits. */
    PREEMPT,
    /** The worker is to drain. */
    DRAIN
  }

  /**
   * A task is offered.
   *
   * @param task as it is while it is offered: its attempt has not begun
   * @param input with the outputs of the tasks it needs
   * @param checkpoint of an earlier run
   * @param limit time limit of the run
   */
  void offer(Task task, Payload input, Optional<Payload> checkpoint, Duration limit);

  /**
   * A run has to stop, or should.
   *
   * @param lease of the run
   * @param why of what kind that is
   * @param grace until its handler should be interrupted
   * @param actor who asked for it
   * @param preemptedBy name of the task that waits, with PREEMPT
   */
  void stop(
      LeaseName lease,
      Stop why,
      Duration grace,
      Optional<Actor> actor,
      Optional<String> preemptedBy);

  /** A lease, or an offer, is over. */
  void leaseLost(LeaseName lease, String reason);

  /** The worker is to finish. */
  void drain(Actor actor);

  /** The worker has opened another stream: this one ends. */
  void replaced();

  /** The node stops: this stream ends, and the worker opens another. */
  void nodeStops();
}
