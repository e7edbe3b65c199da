package io.tasklane.bench.faults.fault;

/**
 * One fault of a plan.
 *
 * @param number 1 for the first
 * @param afterMillis when it is due, from the beginning
 * @param kind what is done
 * @param node to which node, by its place; without meaning for the others' kinds
 * @param millis for how long, or how late messages come again
 * @param strength of a delay in milliseconds, or how many messages
 */
public record Fault(
    int number, long afterMillis, FaultKind kind, int node, long millis, int strength) {}
