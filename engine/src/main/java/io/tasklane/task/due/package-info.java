/** What time brings about: tasks that come due, and tasks that run out of time. */
package io.tasklane.task.due;
