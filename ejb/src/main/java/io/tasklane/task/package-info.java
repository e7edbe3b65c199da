/** What is checked of a task before it becomes a row. */
package io.tasklane.task;
