/** What limits queues beside their concurrency: starts within a period, and waiting tasks. */
package io.tasklane.queue.limit;
