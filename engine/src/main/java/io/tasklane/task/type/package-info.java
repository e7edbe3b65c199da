/** The task types of this node: the built-in ones, and those of its handlers. */
package io.tasklane.task.type;
