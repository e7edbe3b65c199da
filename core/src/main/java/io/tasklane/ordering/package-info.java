/** Ordering keys: tasks with the same key never overlap and keep their order. */
package io.tasklane.ordering;
