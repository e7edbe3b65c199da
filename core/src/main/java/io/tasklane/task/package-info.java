/** What a task is, the states it passes through, and what a handler of tasks gets and gives. */
package io.tasklane.task;
