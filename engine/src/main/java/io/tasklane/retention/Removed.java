package io.tasklane.retention;

/** The kinds of things that a clean-up removes and counts. */
public enum Removed {
  /** Expired results; their tasks stay. */
  RESULTS("results"),
  /** Ended tasks, with their attempts. */
  TASKS("tasks"),
  /** Dead letters of those tasks. */
  DEAD_LETTERS("dead_letters"),
  /** First answers to requests with a request_id. */
  REQUESTS("requests"),
  /** Ids that external producers gave their events. */
  EVENT_IDS("event_ids"),
  /** Entries of the effect ledger. */
  EFFECTS("effects"),
  /** Facts that have expired or were deleted. */
  FACTS("facts"),
  /** Which events have started what, of events that are no longer kept. */
  TRIGGER_STARTS("trigger_starts"),
  /** Keys of messages that have become tasks. */
  MESSAGES("messages"),
  /** Ended workflows, with their nodes. */
  WORKFLOWS("workflows"),
  /** Ended batch operations, with their refusals. */
  BATCH_OPERATIONS("batch_operations"),
  /** Rollups of minutes that forecasts do not look at any more. */
  ROLLUPS("rollups"),
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
