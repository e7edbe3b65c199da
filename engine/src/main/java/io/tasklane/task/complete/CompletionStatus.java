package io.tasklane.task.complete;

/** What became of a run that had ended. */
public enum CompletionStatus {
  /** There was none. */
  NOTHING,
  /** It is completed, now or by an earlier copy of the same command. */
  DONE,
  /** Its lease is lost: nothing of it was accepted. */
  STALE,
  /** Nothing yet: its task was newer than this transaction; send the completion again. */
  LATER
}
