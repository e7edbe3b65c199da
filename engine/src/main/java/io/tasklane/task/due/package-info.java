/** Moves that time causes: tasks that become due, and tasks that run out of time. */
package io.tasklane.task.due;
