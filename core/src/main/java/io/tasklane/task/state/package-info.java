/** The states of a task, and the one table of moves between them. */
package io.tasklane.task.state;
