package io.tasklane.node;

/**
 * This start of this node.
 *
 * @param name of the node, the same over restarts
 * @param incarnation grows with every start; leases of smaller ones are over
 */
public record Node(String name, long incarnation) {}
