/** The lease of this node, and how other nodes are declared dead. */
package io.tasklane.node;
