/** Which waiting tasks the strict order of queues keeps from starting. */
package io.tasklane.workflow.hold;
