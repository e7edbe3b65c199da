/**
 * What happens in a workflow: given the states of its nodes and something that happened, which
 * nodes change, what is to be started or cancelled, and whether the workflow has ended. The cost is
 * in proportion to what changes: a member that ends moves the counters of the node above it, and
 * nothing walks over the others. A node that has not started has no instance; whether it still
 * waits or was skipped follows from the ones above it.
 */
package io.tasklane.workflow.run;
