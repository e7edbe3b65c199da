/**
 * The rows of workflows: what is written as JSON and how it is read again, and the statements that
 * read and write. What follows from an event is decided in core and acted on in {@code execution}.
 */
package io.tasklane.workflow.store;
