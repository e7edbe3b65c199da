/** What becomes of a task when one of its runs has ended. */
package io.tasklane.task.complete;
