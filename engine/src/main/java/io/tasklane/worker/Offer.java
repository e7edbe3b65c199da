package io.tasklane.worker;

import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;

/**
 * An offer of a task to a worker.
 *
 * @param worker key of its row
 * @param node where the worker's stream ends
 * @param task key of its row
 * @param token fencing token of the lease
 */
public record Offer(long worker, String node, TaskKey task, FencingToken token) {}
