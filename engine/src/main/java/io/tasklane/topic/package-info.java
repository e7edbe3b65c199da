/** The JMS topic of events: one node at a time sends the event log to it, in its order. */
package io.tasklane.topic;
