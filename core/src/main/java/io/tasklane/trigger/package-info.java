/**
 * Triggers: which events start a workflow, which of them are merged into one start, and when a ring
 * of causes is broken. Plain values; the cursor, the windows and the starts are written by whoever
 * asks, in one command each.
 */
package io.tasklane.trigger;
