package io.tasklane.bench.faults.record;

import io.tasklane.dependency.DependencyPolicy;

/**
 * A task that must end before another one starts.
 *
 * @param task its name
 * @param policy which end will do
 */
public record Need(String task, DependencyPolicy policy) {}
