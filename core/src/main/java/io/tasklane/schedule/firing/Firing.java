package io.tasklane.schedule.firing;

import java.time.Instant;

/**
 * A due time that runs.
 *
 * @param key schedule and scheduled time
 * @param startTime when its task may start: the scheduled time, later by the jitter
 * @param cancelOthers whether the schedule's other runs are cancelled
 */
public record Firing(FiringKey key, Instant startTime, boolean cancelOthers) {}
