/**
 * Workers outside the servers: which they are, what is offered to them, and what becomes of their
 * leases. Their streams belong to {@code io.tasklane.worker.stream}.
 */
package io.tasklane.worker;
