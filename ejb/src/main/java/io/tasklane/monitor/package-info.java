/** The figures of the queues on this node, folded from the event log. */
package io.tasklane.monitor;
