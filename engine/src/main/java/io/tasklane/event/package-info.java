/**
 * The event log: written by the commands that cause the events, read in one order by the tail of
 * each node and by whoever pages through it.
 */
package io.tasklane.event;
