/**
 * Workflows: trees of nodes that decide which tasks start, and when. {@code definition} holds what
 * a user writes, {@code compile} what is checked and prepared once for each version of it, and
 * {@code run} what happens. Plain values: whoever asks loads the rows, and writes what was decided.
 */
package io.tasklane.workflow;
