package io.tasklane.task;

import io.tasklane.key.FencingToken;
import java.time.Instant;
import java.util.Optional;

/**
 * One run of a task.
 *
 * @param number 1 for the first; a run whose lease was lost gives its number to the next
 * @param fencingToken of the run; grows from run to run
 * @param node that ran it
 * @param startTime start of the run
 * @param endTime when it ended, empty while it runs
 * @param failure why it failed, empty if it succeeded or still runs
 * @param log the lines of its handler, the last 64 KiB; while it runs, and where its lease was
 *     lost, those of about a second ago
 */
public record Attempt(
    int number,
    FencingToken fencingToken,
    String node,
    Instant startTime,
    Optional<Instant> endTime,
    Optional<Failure> failure,
    String log) {}
