/**
 * Streams of responses: a source knows the next message, a server stream asks it only while the
 * client is ready. Nothing is kept for a client that reads slowly.
 */
package io.tasklane.grpc.stream;
