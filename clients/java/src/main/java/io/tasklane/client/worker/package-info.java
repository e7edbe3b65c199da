/**
 * The worker: runs handlers for the tasks that a server offers. {@link
 * io.tasklane.client.worker.Worker} is where to begin, {@link io.tasklane.client.worker.Kit} is for
 * the tests of handlers.
 */
package io.tasklane.client.worker;
