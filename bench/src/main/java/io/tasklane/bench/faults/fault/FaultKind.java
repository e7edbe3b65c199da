package io.tasklane.bench.faults.fault;

/** Ways to break a system. */
public enum FaultKind {
  /** kill -9 of a node. */
  KILL_NODE(3),
  /** SIGSTOP of a node for longer than its lease, then SIGCONT: it wakes up in mid-instruction. */
  STOP_NODE(3),
  /** kill -9 of the broker. */
  KILL_BROKER(2),
  /** kill -9 of PostgreSQL with all its processes. */
  KILL_DATABASE(2),
  /** All connections of a node to the database are broken, and new ones for a while. */
  CUT_DATABASE(2),
  /** All connections of a node to the broker are broken, and new ones for a while. */
  CUT_BROKER(2),
  /** What a node says to the database and hears from it comes late for a while. */
  DELAY_DATABASE(2),
  /** What a node says to the broker and hears from it comes late for a while. */
  DELAY_BROKER(1),
  /** Dispatch messages of tasks that have run, run, wait or do not exist; some come again late. */
  DOUBLE_MESSAGES(3);

  private final int share;

  FaultKind(int share) {
    this.share = share;
  }

  /** How many of 20 faults are of this kind. */
  int share() {
    return share;
  }
}
