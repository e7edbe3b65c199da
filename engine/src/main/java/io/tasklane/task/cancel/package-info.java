/** Cancels tasks: what waits ends at once, what runs is asked to stop. */
package io.tasklane.task.cancel;
