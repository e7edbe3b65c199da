package io.tasklane.api;

/** In which order a list shows the log. */
public enum EventOrder {
  /** As the log has them. */
  OLDEST_FIRST,
  /** The reverse of the log's order. */
  NEWEST_FIRST
}
