/** The effect ledger, for handlers and for the edges. Rows are written by its store alone. */
package io.tasklane.effect;
