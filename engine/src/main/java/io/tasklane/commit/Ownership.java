package io.tasklane.commit;

import io.tasklane.key.QueueKey;

/**
 * A node's right to claim from a queue, as the node knows it; only the owner row decides whether it
 * still holds.
 *
 * @param queue key of the queue
 * @param node the node
 * @param incarnation which start of the node
 * @param epoch of the ownership
 */
public record Ownership(QueueKey queue, String node, long incarnation, long epoch) {}
