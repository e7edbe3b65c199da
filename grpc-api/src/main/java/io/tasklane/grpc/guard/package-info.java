/**
 * Puts into words what gRPC itself would refuse without any: messages that are too large or cannot
 * be read, methods nobody knows, deadlines that have passed.
 */
package io.tasklane.grpc.guard;
