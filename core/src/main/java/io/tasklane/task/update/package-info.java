/** Changes of a task that has not started yet. */
package io.tasklane.task.update;
