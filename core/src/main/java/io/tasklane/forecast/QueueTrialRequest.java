package io.tasklane.forecast;

import io.tasklane.queue.RateLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What would be different in a queue.
 *
 * @param concurrency runs at once, 1 to 1000; empty for as many as now
 * @param rate most starts within a period; empty for as now
 * @param withoutRate whether there would be no such limit
 * @param arrivalsFactor how many tasks come for each that came, more than 0
 * @param horizon the time up to now whose arrivals come once more, whole minutes, at least one
 * @param targetWait what 90 % of the waits must not exceed; empty if no proposal is wanted
 */
public record QueueTrialRequest(
    OptionalInt concurrency,
    Optional<RateLimit> rate,
    boolean withoutRate,
    double arrivalsFactor,
    Duration horizon,
    Optional<Duration> targetWait) {}
