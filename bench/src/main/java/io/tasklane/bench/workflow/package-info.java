/** What the tasks of workflows cost, beside tasks that need one another without a workflow. */
package io.tasklane.bench.workflow;
