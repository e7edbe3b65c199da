/** Says why a task is not running: what keeps it, and when it may start. */
package io.tasklane.task.explain;
