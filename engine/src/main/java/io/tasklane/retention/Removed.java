package io.tasklane.retention;

/** What a clean-up removes and counts. */
public enum Removed {
  /** Results whose time was over; their tasks stay. */
  RESULTS("results"),
  /** Ended tasks, with their attempts. */
  TASKS("tasks"),
  /** Failures among those tasks that were kept as dead letters. */
  DEAD_LETTERS("dead_letters"),
  /** First answers to requests with a request_id. */
  REQUESTS("requests"),
  /** Ids under which producers outside had published. */
  EVENT_IDS("event_ids"),
  /** Entries of the effect ledger. */
  EFFECTS("effects"),
  /** Whole days of the event log. */
  EVENT_PARTITIONS("event_partitions"),
  /** Single events of days for which the log had no partition. */
  STRAY_EVENTS("stray_events");

  private final String column;

  Removed(String column) {
    this.column = column;
  }

  /** Its name in the clean-up's row and in the log. */
  public String column() {
    return column;
  }
}
