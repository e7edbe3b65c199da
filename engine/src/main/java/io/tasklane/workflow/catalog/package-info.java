/**
 * Templates in the store, and what else a definition may name: rows, the command that changes them,
 * and what edges may call. What becomes of a start is in {@code execution}.
 */
package io.tasklane.workflow.catalog;
