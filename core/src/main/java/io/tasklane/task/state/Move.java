package io.tasklane.task.state;

/** What can happen to a task. Every change of a task is one move; its code is stored in events. */
public enum Move {
  /** It was created and is ready. */
  SUBMIT(1),
  /** Its queue's owner claimed it. */
  CLAIM(2),
  /** Its handler returned a result. */
  SUCCEED(3),
  /** An attempt failed and another one follows. */
  RETRY_LATER(4),
  /** The backoff has passed. */
  COME_DUE(5),
  /** It failed for good. */
  FAIL(6),
  /** Somebody asked to cancel it while it ran, or asked again by force. */
  REQUEST_CANCEL(7),
  /** It ended because it was cancelled. */
  CANCEL(8),
  /** The node that ran it died; it waits to run again, before anything else in its queue. */
  LOSE_LEASE(9),
  /** The node that ran it was stopped; it waits to run again, before anything else in its queue. */
  HAND_BACK(10),
  /** It was created and needs other tasks to end first. */
  BLOCK(11),
  /** It has a start time that has not come yet. */
  SCHEDULE(12),
  /** Everything it needs has ended as needed. */
  RELEASE(13),
  /** A task it needs did not end as needed, so it can never start. */
  RULE_OUT(14),
  /** It waited too long: past its expire time, its queue timeout or its total timeout. */
  EXPIRE(15),
  /** Somebody changed its priority, times or labels while it waited. */
  UPDATE(16),
  /**
   * Its run was preempted by a task of higher priority; it waits again, and continues from its
   * checkpoint.
   */
  PREEMPT(17),
  /**
   * Its run could not reach the database or the artifact storage of Tasklane; it waits and is tried
   * again, and has used no attempt.
   */
  POSTPONE(18),
  /** A step of its run sleeps or waits; the task goes on later, without a new attempt. */
  SUSPEND(19),
  /** Its queue's owner offered it to a worker outside of the servers. */
  OFFER(20),
  /** The worker accepted the offer, and runs it. */
  ACCEPT(21),
  /** The offer was not accepted in time, or was rejected; the task waits at its old place. */
  WITHDRAW(22);

  private final int code;

  Move(int code) {
    this.code = code;
  }

  /** The stored code. */
  public int code() {
    return code;
  }

  /** The move with this code. */
  public static Move of(int code) {
    for (Move move : values()) {
      if (move.code == code) {
        return move;
      }
    }
    throw new IllegalArgumentException("no move has the code " + code);
  }
}
