/** Gives back the tasks of nodes that were declared dead. */
package io.tasklane.task.recover;
