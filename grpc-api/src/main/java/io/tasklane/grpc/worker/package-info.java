/** Serves WorkerService. */
package io.tasklane.grpc.worker;
