/** Queues: their settings, their state, and their figures. */
package io.tasklane.queue;
