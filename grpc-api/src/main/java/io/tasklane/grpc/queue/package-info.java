/** QueueService: asking after queues and their figures, pausing and resuming them. */
package io.tasklane.grpc.queue;
