/**
 * Ready signals: the JMS messages that tell a queue's owner of a task that is ready. They may be
 * lost, late or doubled; the table decides what runs.
 */
package io.tasklane.signal;
