package io.tasklane.task.recover;

/** How a run ended with its node, which decides what is counted against its task. */
public enum Loss {
  /** The node was being stopped, and the run had not ended in time: no loss at all. */
  PLANNED,
  /**
   * Other runs were lost with it, any of which may have been the cause: counted as a loss of each,
   * and held against none.
   */
  BESIDE_OTHERS,
  /** Nothing else ran on the node. */
  ALONE;

  /**
   * What became of a run of a node that is gone.
   *
   * @param stopping whether the node had said that it stops
   * @param runs that this start of the node had when it ended, on all queues; at least 1
   */
  public static Loss of(boolean stopping, int runs) {
    if (stopping) {
      return PLANNED;
    }
    return runs == 1 ? ALONE : BESIDE_OTHERS;
  }
}
