/** How the event log is read from its table, and how its partitions are kept. */
package io.tasklane.event.store;
