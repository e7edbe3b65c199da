/** {@code tasklane queue ...}: look at queues and hold or release them. */
package io.tasklane.cli.queue;
