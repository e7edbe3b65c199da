/** How the end of a run changes its task. */
package io.tasklane.task.complete;
