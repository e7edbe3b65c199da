/** Claims the head of a queue for a node that owns it. */
package io.tasklane.task.claim;
