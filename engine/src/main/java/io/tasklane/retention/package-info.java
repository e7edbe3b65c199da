/** Finds and removes what has passed its retention period, in small transactions of its own. */
package io.tasklane.retention;
