/** Batch operations over gRPC. */
package io.tasklane.grpc.batch;
