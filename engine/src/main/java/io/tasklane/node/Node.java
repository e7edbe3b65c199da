package io.tasklane.node;

/**
 * This start of this node.
 *
 * @param name of the node, the same after a restart
 * @param incarnation grows with every start; leases of smaller ones have ended
 */
public record Node(String name, long incarnation) {}
