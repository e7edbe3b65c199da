/** TaskService: creating, finding, following and cancelling tasks. */
package io.tasklane.grpc.task;
