/** Ordering keys: the line of each key's tasks, and whose turn it is. */
package io.tasklane.ordering.store;
