/**
 * Ready signals: the JMS messages that say to a queue's owner that a task is ready. They may be
 * lost, late or duplicated; the table decides what runs.
 */
package io.tasklane.signal;
