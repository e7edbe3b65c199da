/** The rows of queues and of who owns them: the only package that writes them. */
package io.tasklane.queue.store;
