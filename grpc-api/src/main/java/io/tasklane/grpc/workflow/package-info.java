/** WorkflowService: reads trees, starts and steers workflows, shows and watches them. */
package io.tasklane.grpc.workflow;
