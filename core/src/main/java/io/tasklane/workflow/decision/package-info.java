/**
 * What goes into a decision and what comes out: an event and the stored workflow it is asked about,
 * then the changes to write and the actions to take. How it is decided is in {@code
 * io.tasklane.workflow.run}.
 */
package io.tasklane.workflow.decision;
