/** What becomes of a task whose node died. */
package io.tasklane.task.recover;
