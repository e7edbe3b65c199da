package io.tasklane.step;

import java.time.Duration;

/**
 * A step as it is stored after a report.
 *
 * @param step the step
 * @param left until its due time, by the clock of the database; zero where there is none, or where
 *     it has passed
 */
public record KnownStep(TaskStep step, Duration left) {}
