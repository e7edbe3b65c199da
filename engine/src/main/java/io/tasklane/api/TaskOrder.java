package io.tasklane.api;

/** The orders in which tasks can be listed. */
public enum TaskOrder {
  /** By creation, the newest first. */
  NEWEST_FIRST,
  /** By creation, the oldest first. */
  OLDEST_FIRST,
  /** By their end, the latest first; only tasks that have ended. */
  LAST_ENDED_FIRST
}
