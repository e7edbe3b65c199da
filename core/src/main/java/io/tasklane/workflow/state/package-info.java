/**
 * What is stored of a workflow while it runs: its status, and an instance for each node that has
 * started. A node that has not started has no instance; whether it still waits or was skipped
 * follows from the ones above it.
 */
package io.tasklane.workflow.state;
