/** Nodes: that this one lives, and which others do. */
package io.tasklane.node;
