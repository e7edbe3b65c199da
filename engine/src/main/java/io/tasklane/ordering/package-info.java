/** Ordering keys: tasks with one key never overlap and keep their order, across queues. */
package io.tasklane.ordering;
