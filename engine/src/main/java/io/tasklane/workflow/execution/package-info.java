/**
 * Runs workflows: the commands that start and change them, and what follows inside of the commands
 * that end their tasks. Core decides; here the decision is written and acted on in the same
 * transaction, so that no crash loses a step.
 */
package io.tasklane.workflow.execution;
