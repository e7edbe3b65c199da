package io.tasklane.explain;

import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.task.Actor;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.TimeLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One thing that keeps a task from starting. Tasks are named "tasks/{task}". */
public sealed interface Blocker {
  /** When it clears, where a time decides that. */
  default Optional<Instant> clearTime() {
    return Optional.empty();
  }

  /** Whether nothing but the passing of time or the work of the queue itself clears it. */
  default boolean clearsByItself() {
    return clearTime().isPresent();
  }

  /**
   * Waits for another task.
   *
   * @param task its name
   * @param state its state
   * @param policy how it must end
   */
  record Dependency(String task, TaskState state, DependencyPolicy policy) implements Blocker {}

  /**
   * Its start time has not come.
   *
   * @param time when it comes
   */
  record NotBefore(Instant time) implements Blocker {
    @Override
    public Optional<Instant> clearTime() {
      return Optional.of(time);
    }
  }

  /**
   * Waits for its next attempt.
   *
   * @param time when that is due
   */
  record RetryBackoff(Instant time) implements Blocker {
    @Override
    public Optional<Instant> clearTime() {
      return Optional.of(time);
    }
  }

  /**
   * Too late: it does not start any more.
   *
   * @param limit that is over
   */
  record TimeOver(TimeLimit limit) implements Blocker {}

  /**
   * Another task goes first in the line of its ordering key.
   *
   * @param key the ordering key
   * @param task the name of the other task
   */
  record OrderingKey(String key, String task) implements Blocker {}

  /**
   * Its queue is paused.
   *
   * @param actor who paused it
   * @param since when
   */
  record QueuePaused(Actor actor, Optional<Instant> since) implements Blocker {}

  /**
   * Nobody may claim from its queue.
   *
   * @param node that hands it over, empty where none owns it
   * @param next node that gets it, empty where none has asked
   */
  record NoOwner(Optional<String> node, Optional<String> next) implements Blocker {}

  /**
   * The owner of its queue is gone or silent.
   *
   * @param node the owner
   * @param until when its lease ends if it stays silent; empty where it has ended
   */
  record OldLease(String node, Optional<Instant> until) implements Blocker {
    @Override
    public Optional<Instant> clearTime() {
      return until;
    }
  }

  /**
   * Too few units of a resource are free.
   *
   * @param resourceId final part of its name
   * @param needed units that the run takes
   * @param free units that are free
   */
  record Resource(String resourceId, int needed, int free) implements Blocker {}

  /**
   * Its queue has started as many tasks as it may.
   *
   * @param limit the limit in words
   * @param refill when the next start is allowed
   */
  record RateLimit(String limit, Instant refill) implements Blocker {
    @Override
    public Optional<Instant> clearTime() {
      return Optional.of(refill);
    }
  }

  /**
   * Its queue starts tasks only while a market is in session, and it is not.
   *
   * @param calendar name of the calendar
   * @param opens when the next session opens; empty where the calendar does not know
   * @param reason why it is closed, or what the calendar does not know
   */
  record CalendarClosed(String calendar, Optional<Instant> opens, String reason)
      implements Blocker {
    @Override
    public Optional<Instant> clearTime() {
      return opens;
    }
  }

  /**
   * A task that may be what brought a node down runs first, or beside no other.
   *
   * @param task its name
   */
  record Suspect(String task) implements Blocker {}

  /**
   * Nothing that lives executes its type in its queue: no handler of the server and no worker.
   *
   * @param taskType its type
   * @param lastSeen when a worker that serves it was heard of last
   */
  record NoWorker(String taskType, Optional<Instant> lastSeen) implements Blocker {}

  /**
   * Workers serve its type, and none has a free slot.
   *
   * @param taskType its type
   * @param workers how many, 1 or more
   */
  record WorkersBusy(String taskType, int workers) implements Blocker {
    @Override
    public boolean clearsByItself() {
      return true;
    }
  }

  /**
   * A workflow runs its queue later, and keeps its tasks waiting until then.
   *
   * @param workflow its name, "workflows/{workflow}"
   */
  record WorkflowOrder(String workflow) implements Blocker {}

  /**
   * Something that has no record of its own.
   *
   * @param reason to stand after the name of the task
   */
  record Other(String reason) implements Blocker {}

  /**
   * Tasks of its queue go first.
   *
   * @param higher those before it that have a higher priority or were interrupted
   * @param earlier those before it that are older
   * @param first the names of the first of them
   */
  record TasksAhead(int higher, int earlier, List<String> first) implements Blocker {
    /** Copies the list. */
    public TasksAhead {
      first = List.copyOf(first);
    }

    @Override
    public boolean clearsByItself() {
      return true;
    }
  }

  /**
   * A task has a slot, and no slot is free.
   *
   * @param task its name
   * @param node where it runs
   * @param elapsed how long it has run
   * @param left how much longer it runs; empty where too few runs are known
   */
  record RunningTask(String task, String node, Duration elapsed, Optional<Spread> left)
      implements Blocker {
    @Override
    public boolean clearsByItself() {
      return true;
    }
  }

  /**
   * A duration that is known only by its probability.
   *
   * @param p50 it is no longer than this with a probability of 50 %
   * @param p90 it is no longer than this with a probability of 90 %
   */
  record Spread(Duration p50, Duration p90) {}
}
