/** Which node owns which queue: how queues are taken, asked for and handed over. */
package io.tasklane.queue.ownership;
