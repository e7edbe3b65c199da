package io.tasklane.forecast;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * How a queue would do.
 *
 * @param now from which its times count
 * @param missing why there is no result; empty where there is one
 * @param concurrency that was tried
 * @param result with that; of no meaning where there is none
 * @param proposed the lowest concurrency that meets the target; empty where none was asked for or
 *     none does
 * @param proposedWaitP90 with that, in seconds
 * @param samples runs from which run times were drawn
 */
public record QueueTrialAnswer(
    Instant now,
    String missing,
    int concurrency,
    TrialResult result,
    OptionalInt proposed,
    double proposedWaitP90,
    long samples) {}
