/** What is kept of tasks that failed for good, until somebody replays or discards it. */
package io.tasklane.deadletter;
