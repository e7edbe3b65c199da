/**
 * Workflows: trees of nodes that decide which tasks start, and when. {@code definition} holds what
 * a user writes, {@code compile} what is checked and prepared once for each version of it, {@code
 * state} what is stored while it runs, {@code decision} what goes in and out when something
 * happens, and {@code run} how that is decided. Plain values: whoever asks loads the rows, and
 * writes what was decided.
 */
package io.tasklane.workflow;
