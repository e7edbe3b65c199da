/**
 * What the end of a task, or of a run, changes beyond the task itself, in the same command. The
 * features that take part register here; what each of them does belongs to its own package.
 */
package io.tasklane.task.end;
