package io.tasklane.schedule.preview;

import java.time.Instant;

/**
 * A time at which a schedule runs, or does not.
 *
 * @param scheduledTime the due time; for one that the clocks leave out the end of the gap
 * @param startTime when the task starts, by the jitter; the due time if it does not run
 * @param verdict what becomes of it
 * @param explanation why, in English
 */
public record PreviewedRun(
    Instant scheduledTime, Instant startTime, Verdict verdict, String explanation) {}
