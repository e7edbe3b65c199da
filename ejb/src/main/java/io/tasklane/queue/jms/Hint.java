package io.tasklane.queue.jms;

/**
 * A task waits.
 *
 * @param queueId id of its queue
 * @param task key of its row
 * @param jmsPriority 0 to 9
 */
record Hint(String queueId, long task, int jmsPriority) {}
