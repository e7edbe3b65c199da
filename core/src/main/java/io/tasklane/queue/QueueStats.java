package io.tasklane.queue;

import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The statistics of one queue, derived from the event log.
 *
 * @param depth tasks that are QUEUED
 * @param depthByPriority the same by priority 1 to 10; absent means none
 * @param countByState tasks kept, by state; absent means none
 * @param oldestAge how long the longest-waiting QUEUED task has waited, empty if none waits
 * @param addRate tasks created per second, over the window
 * @param dispatchRate runs started per second, over the window
 * @param successRate tasks succeeded per second, over the window
 * @param failureRate tasks failed for good per second, over the window
 * @param runDurationP50 median run of the window, empty without runs
 * @param runDurationP95 95th percentile of the runs of the window
 * @param waitDurationP95 95th percentile of the waits from ready to start in the window
 * @param emptyEstimate how long until the queue is empty at the present rate, empty if it grows
 * @param deadLetterCount tasks kept as dead letters
 * @param revision last event that is counted in
 */
public record QueueStats(
    long depth,
    Map<Integer, Long> depthByPriority,
    Map<TaskState, Long> countByState,
    Optional<Duration> oldestAge,
    double addRate,
    double dispatchRate,
    double successRate,
    double failureRate,
    Optional<Duration> runDurationP50,
    Optional<Duration> runDurationP95,
    Optional<Duration> waitDurationP95,
    Optional<Duration> emptyEstimate,
    long deadLetterCount,
    long revision) {}
