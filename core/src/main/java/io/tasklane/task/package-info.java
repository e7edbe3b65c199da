/**
 * What a task is, the states it passes through, and the interface between Tasklane and handlers.
 */
package io.tasklane.task;
