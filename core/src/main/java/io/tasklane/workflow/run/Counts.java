package io.tasklane.workflow.run;

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
public record Counts(int size, int next, int waiting, int open, int failed, int cancelled) {
  /** No members. */
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

  static Counts of(int size) {
    return new Counts(size, 0, 0, 0, 0, 0);
  }

  Counts nextStarted() {
    return new Counts(size, next + 1, waiting, open + 1, failed, cancelled);
  }

  Counts waitingStarted() {
    return new Counts(size, next, waiting - 1, open + 1, failed, cancelled);
  }

  Counts ended(NodeState state) {
    return new Counts(
        size,
        next,
        waiting,
        open - 1,
        failed + (state == NodeState.FAILED ? 1 : 0),
        cancelled + (state == NodeState.CANCELLED ? 1 : 0));
  }

  Counts again(int toRun, int stillFailed, int stillCancelled) {
    return new Counts(size, next, toRun, 0, stillFailed, stillCancelled);
  }

  boolean allStarted() {
    return next == size && waiting == 0;
  }

  boolean anyBad() {
    return failed + cancelled > 0;
  }
}
