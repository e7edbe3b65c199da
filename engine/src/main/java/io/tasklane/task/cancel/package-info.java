/** Cancels tasks: a waiting task ends at once, a running one is asked to stop. */
package io.tasklane.task.cancel;
