package io.tasklane.workflow.definition;

/**
 * Runs what is QUEUED or in RETRY_WAIT in a queue when the node starts; what comes later does not
 * count. Its output is how many there were, and how they ended.
 *
 * @param queue id of the queue
 * @param policy what a bad end of one of the tasks means
 * @param hold whether waiting tasks of the queue do not start before the node does, where the node
 *     stands in a chain with others before it
 */
public record QueueRun(String queue, FailurePolicy policy, boolean hold) implements NodeKind {}
