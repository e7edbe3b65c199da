/** How queues are created, read, changed, paused, drained and deleted. */
package io.tasklane.queue.admin;
