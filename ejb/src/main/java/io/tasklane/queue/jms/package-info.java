/** Messages that say "a task waits": sent after the commit, received by the queue's owner. */
package io.tasklane.queue.jms;
