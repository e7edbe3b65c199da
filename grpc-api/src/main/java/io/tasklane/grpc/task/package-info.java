/** TaskService: creating, finding, following, cancelling and retrying tasks. */
package io.tasklane.grpc.task;
