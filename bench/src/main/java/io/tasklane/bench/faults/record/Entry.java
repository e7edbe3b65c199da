package io.tasklane.bench.faults.record;

import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.util.List;

/**
 * One thing that was seen from outside the system. All times are microseconds since 1970 by the
 * clock of the one host that everything runs on; {@code at} is when the harness knew of it.
 */
public sealed interface Entry {
  /** When the harness knew of it. */
  long at();

  /**
   * A queue was created and acknowledged.
   *
   * @param at when it was acknowledged
   * @param queue its name
   * @param concurrency how many of its tasks may run at once
   * @param grouped whether its completions become durable in groups
   * @param agingMillis what one level of priority is worth, 0 where priorities are strict
   */
  record QueueMade(long at, String queue, int concurrency, boolean grouped, long agingMillis)
      implements Entry {
    /** A queue with strict priorities whose completions are durable one by one. */
    public QueueMade(long at, String queue, int concurrency) {
      this(at, queue, concurrency, false, 0);
    }
  }

  /**
   * The resource was created and acknowledged.
   *
   * @param at when it was acknowledged
   * @param resource its name
   * @param capacity units that running tasks may hold together
   */
  record ResourceMade(long at, String resource, int capacity) implements Entry {}

  /**
   * The create of a task was acknowledged.
   *
   * @param at when it was acknowledged
   * @param sent when it was sent the first time
   * @param task its name
   * @param queue its queue's name
   * @param priority 1 to 10
   * @param behaviour what its handler was told to do
   * @param needs what must end before it starts
   * @param sharing its ordering key and units of the resource
   */
  record Created(
      long at,
      long sent,
      String task,
      String queue,
      int priority,
      Behaviour behaviour,
      List<Need> needs,
      Sharing sharing)
      implements Entry {
    /** Records that were written before tasks shared anything have no sharing. */
    public Created {
      sharing = sharing == null ? Sharing.NONE : sharing;
    }

    /** A task that shares nothing. */
    public Created(
        long at,
        long sent,
        String task,
        String queue,
        int priority,
        Behaviour behaviour,
        List<Need> needs) {
      this(at, sent, task, queue, priority, behaviour, needs, Sharing.NONE);
    }

    /** The same, known since another time. */
    public Created knownAt(long time) {
      return new Created(time, sent, task, queue, priority, behaviour, needs, sharing);
    }
  }

  /**
   * A create without a request_id got no answer. It is not sent again, so the task may exist or
   * not.
   *
   * @param at when the client gave up
   * @param wanted the task as it is if it exists
   */
  record CreateUnanswered(long at, Created wanted) implements Entry {}

  /**
   * Somebody is about to ask for its cancellation; whether that arrives is not known yet.
   *
   * @param at before it was sent the first time
   * @param task its name
   */
  record CancelAsked(long at, String task) implements Entry {}

  /**
   * The cancellation was answered.
   *
   * @param at when
   * @param task its name
   * @param state of the task by the answer; null where it was refused because the task has ended
   */
  record CancelAnswered(long at, String task, TaskState state) implements Entry {}

  /**
   * The event of a move arrived from the log.
   *
   * @param at when it arrived
   * @param time when it happened, by the event
   * @param revision of the event
   * @param task the task that moved
   * @param queue its queue's name
   * @param move what happened
   * @param from the state before, null for the move that creates the task
   * @param to the state after
   * @param attempt attempts begun so far
   * @param priority 1 to 10
   */
  record Moved(
      long at,
      long time,
      long revision,
      String task,
      String queue,
      Move move,
      TaskState from,
      TaskState to,
      int attempt,
      int priority)
      implements Entry {}

  /**
   * A handler said that it begins, and waits for the harness to note it.
   *
   * @param at when
   * @param task what it runs
   * @param queue its queue's name
   * @param node where it runs
   * @param attempt by its number
   * @param token its fencing token
   * @param process number of the process that it runs in, which is one start of the node; 0 where
   *     that was not told
   */
  record Begun(
      long at, String task, String queue, String node, int attempt, long token, long process)
      implements Entry {
    /** A run that did not tell its process. */
    public Begun(long at, String task, String queue, String node, int attempt, long token) {
      this(at, task, queue, node, attempt, token, 0);
    }
  }

  /**
   * A handler said that it is about to kill its node, and waits for the harness to note it.
   *
   * @param at when
   * @param task what it runs
   * @param token its fencing token
   */
  record Kills(long at, String task, long token) implements Entry {}

  /**
   * A handler said that it is about to return or to throw, and waits for the harness to note it.
   *
   * @param at when
   * @param task what it ran
   * @param token its fencing token
   * @param outcome what it is about to do
   */
  record Returned(long at, String task, long token, Outcome outcome) implements Entry {}

  /** How a handler ends. */
  enum Outcome {
    /** It returns a result. */
    RESULT,
    /** It throws a failure, as planned or because its effect was refused. */
    FAILURE,
    /** It was cancelled or interrupted. */
    STOPPED
  }

  /**
   * A handler wanted to have its effect on the target, which the harness plays.
   *
   * @param at when
   * @param key of the effect
   * @param task whose run it was
   * @param token the run's fencing token
   * @param accepted whether the target took it; it refuses tokens smaller than one it has seen
   */
  record Effect(long at, String key, String task, long token, boolean accepted) implements Entry {}

  /**
   * How a task reads through the API when all is over.
   *
   * @param at when it was read
   * @param task its name
   * @param state its state
   * @param attempt attempts that count
   * @param lostCount leases it lost
   * @param resultToken the fencing token in its result, 0 without a result
   * @param failureCode why it failed, empty if it did not
   * @param revision of its last event
   * @param runs all of them, in the order in which they began
   * @param createTime when it was created, as the API tells it; 0 where that was not read
   * @param lostAloneCount leases it lost while nothing else ran on the node
   */
  record Ended(
      long at,
      String task,
      TaskState state,
      int attempt,
      int lostCount,
      long resultToken,
      String failureCode,
      long revision,
      List<PastRun> runs,
      long createTime,
      int lostAloneCount)
      implements Entry {
    /** A reading without the time of creation, of a task that lost nothing alone. */
    public Ended(
        long at,
        String task,
        TaskState state,
        int attempt,
        int lostCount,
        long resultToken,
        String failureCode,
        long revision,
        List<PastRun> runs) {
      this(at, task, state, attempt, lostCount, resultToken, failureCode, revision, runs, 0, 0);
    }
  }

  /**
   * One run of a task, as the API tells of it.
   *
   * @param token its fencing token
   * @param number of the attempt
   * @param node where it ran
   * @param failureCode why it failed, empty if it did not
   */
  record PastRun(long token, int number, String node, String failureCode) {}

  /**
   * The harness broke something.
   *
   * @param at when
   * @param kind what it did
   * @param target to whom
   * @param millis for how long, 0 where that is up to the target
   */
  record Struck(long at, String kind, String target, long millis) implements Entry {}

  /**
   * A message that is no ready signal was sent to the address of a queue.
   *
   * @param at when that was answered, or the sender gave up
   * @param sent when it was sent
   * @param id of its own
   * @param source the address
   * @param shape what kind of message it is
   * @param durable whether it outlives the broker's process
   * @param answered whether the broker has accepted it; else it may exist or not
   */
  record ForeignSent(
      long at, long sent, String id, String source, String shape, boolean durable, boolean answered)
      implements Entry {}

  /**
   * A message arrived from the address to which invalid messages are moved.
   *
   * @param at when
   * @param id that its sender gave it, empty where it has none
   * @param source the address it was moved from, as it says
   * @param reason why it is invalid, as it says
   * @param number by which the broker tells it from others; the same where it arrives once more
   */
  record ForeignMoved(long at, String id, String source, String reason, long number)
      implements Entry {}
}
