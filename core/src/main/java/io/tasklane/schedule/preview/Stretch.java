package io.tasklane.schedule.preview;

import java.time.Instant;
import java.util.Optional;

/**
 * Which part of the future to preview.
 *
 * @param start the first instant of interest; empty for now
 * @param end the last one; empty for as far as the runs take
 * @param runs how many runs are wanted, 1 to {@link Preview#MOST}
 */
public record Stretch(Optional<Instant> start, Optional<Instant> end, int runs) {}
