/** What the tasks of a workflow take over from those that they replace. */
package io.tasklane.workflow.retry;
