package io.tasklane.commit;

/**
 * What a node knows of its right to claim from a queue; only the row decides whether it still
 * holds.
 *
 * @param queue key of the queue
 * @param node the node
 * @param incarnation its start
 * @param epoch of the ownership
 */
public record Ownership(int queue, String node, long incarnation, long epoch) {}
