/**
 * Decides what follows from an event in a workflow: which nodes change, what is to be started or
 * cancelled, and whether the workflow has ended. The cost is in proportion to what changes: a
 * member that ends moves the counters of the node above it, and nothing walks over the others. A
 * kind of node that waits for more than the end of its task has a class of its own, such as {@link
 * io.tasklane.workflow.run.QueueRuns}.
 */
package io.tasklane.workflow.run;
