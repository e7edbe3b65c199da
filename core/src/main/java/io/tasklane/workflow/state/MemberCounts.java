package io.tasklane.workflow.state;

/**
 * The counters of an instance with members: the nodes below it, the copies of a for-each, or the
 * tasks of a queue run.
 *
 * @param size members in all; 0 before that is known
 * @param next how many have been started in their order; those at this position and later have not
 * @param waiting how many of the started ones are to run again and have not yet
 * @param open how many have started and not ended
 * @param failed how many have failed
 * @param cancelled how many were cancelled
 */
public record MemberCounts(int size, int next, int waiting, int open, int failed, int cancelled) {
  /** No members. */
  public static final MemberCounts NONE = new MemberCounts(0, 0, 0, 0, 0, 0);

  /** Of so many members, none of which has started. */
  public static MemberCounts of(int size) {
    return new MemberCounts(size, 0, 0, 0, 0, 0);
  }

  /** After the next member in order has started. */
  public MemberCounts nextStarted() {
    return new MemberCounts(size, next + 1, waiting, open + 1, failed, cancelled);
  }

  /** After a member that was to run again has started. */
  public MemberCounts waitingStarted() {
    return new MemberCounts(size, next, waiting - 1, open + 1, failed, cancelled);
  }

  /** After an open member has ended in this state. */
  public MemberCounts ended(NodeState state) {
    return new MemberCounts(
        size,
        next,
        waiting,
        open - 1,
        failed + (state == NodeState.FAILED ? 1 : 0),
        cancelled + (state == NodeState.CANCELLED ? 1 : 0));
  }

  /**
   * Before a retry.
   *
   * @param toRun how many are to run again
   * @param stillFailed how many have failed and are not to
   * @param stillCancelled how many were cancelled and are not to
   */
  public MemberCounts again(int toRun, int stillFailed, int stillCancelled) {
    return new MemberCounts(size, next, toRun, 0, stillFailed, stillCancelled);
  }

  /** Whether no member is left to start. */
  public boolean allStarted() {
    return next == size && waiting == 0;
  }

  /** Whether a member has failed or was cancelled. */
  public boolean anyBad() {
    return failed + cancelled > 0;
  }
}
