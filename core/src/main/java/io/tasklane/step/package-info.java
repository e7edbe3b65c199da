/** Durable steps: parts of a task's work that are done once, whatever crashes in between. */
package io.tasklane.step;
