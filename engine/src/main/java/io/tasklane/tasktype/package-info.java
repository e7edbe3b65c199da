/**
 * Task types as rows: registered by handlers, workers and callers, whether anything serves them.
 */
package io.tasklane.tasktype;
