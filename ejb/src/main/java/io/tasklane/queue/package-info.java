/** Queues on this node: who owns them, and the thread that works them off. */
package io.tasklane.queue;
