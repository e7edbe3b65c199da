/** Queues whose waiting tasks do not start before a node of a workflow does. */
package io.tasklane.workflow.hold;
