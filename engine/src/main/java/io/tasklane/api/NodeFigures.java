package io.tasklane.api;

import io.tasklane.monitor.Distribution;
import java.time.Duration;

/**
 * The figures of this node alone, counted since it started.
 *
 * @param commits transactions that were committed, by the number of commands in each
 * @param events events of the log that its tail has read
 * @param tailLag how old the oldest event is that is committed and that readers here cannot see
 * @param leaseHeld whether it may rely on its lease
 * @param leaseLosses how often its lease ran out or was taken from it
 * @param ongoingFaults kinds of work that fail at present and are tried again
 */
public record NodeFigures(
    Distribution commits,
    long events,
    Duration tailLag,
    boolean leaseHeld,
    long leaseLosses,
    int ongoingFaults) {}
