package io.tasklane.workflow.definition;

import java.time.Duration;
import java.util.Optional;

/**
 * Waits for a time; exactly one of the two is given. Its output is null.
 *
 * @param duration from its start, zero or more
 * @param until CEL that yields a timestamp, or the text of one; one that has passed is due at once
 */
public record Timer(Optional<Duration> duration, Optional<String> until) implements NodeKind {}
