/** Completes runs and claims the next task in the same command. */
package io.tasklane.task.complete;
