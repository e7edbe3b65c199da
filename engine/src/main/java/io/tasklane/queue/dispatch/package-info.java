/**
 * How a node runs the tasks of the queues it owns: one owner thread a queue, its slots, and the
 * completion of runs.
 */
package io.tasklane.queue.dispatch;
