/** Inputs of tasks that are too large to be inline, and are stored as artifacts first. */
package io.tasklane.workflow.input;
