package io.tasklane.workflow.execution;

import io.tasklane.workflow.decision.WorkflowEvent;

/**
 * Something that happened to a workflow and is to be decided about.
 *
 * @param workflow its key
 * @param event what happened
 */
record Step(long workflow, WorkflowEvent event) {}
