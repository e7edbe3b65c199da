/** {@code tasklane queue ...}: create queues, look at them, hold, release and delete them. */
package io.tasklane.cli.queue;
