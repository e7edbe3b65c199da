/** Changes tasks that have not started yet. */
package io.tasklane.task.update;
