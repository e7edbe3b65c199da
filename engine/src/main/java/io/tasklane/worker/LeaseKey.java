package io.tasklane.worker;

import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;

/**
 * A lease of a worker, as its row has it.
 *
 * @param worker key of the worker's row
 * @param task key of the task's row
 * @param token fencing token
 */
public record LeaseKey(long worker, TaskKey task, FencingToken token) {}
