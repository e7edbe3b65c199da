/**
 * The worker: runs handlers for the tasks that a server offers. {@link io.tasklane.worker.Worker}
 * is where to begin, {@link io.tasklane.worker.Kit} is for the tests of handlers.
 */
package io.tasklane.worker;
