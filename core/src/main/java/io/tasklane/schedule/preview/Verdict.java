package io.tasklane.schedule.preview;

/** What becomes of a time in a preview. Only {@link #RUN} runs. */
public enum Verdict {
  /** It runs. */
  RUN,
  /** It does not run, since the run before it is expected to take longer. */
  SKIPPED_OVERLAP,
  /** It does not run, since the calendar has no trading then. */
  SKIPPED_CLOSED,
  /** It does not run, since the clocks go forward and leave it out. */
  DST_GAP,
  /** It does not run, since the clocks go back and it ran when it came first. */
  DST_OVERLAP
}
