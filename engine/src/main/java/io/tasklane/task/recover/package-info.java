/** Returns the tasks of nodes that were declared dead to their queues. */
package io.tasklane.task.recover;
