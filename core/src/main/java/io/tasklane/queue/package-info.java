/** Queues: their settings, their state, and their statistics. */
package io.tasklane.queue;
