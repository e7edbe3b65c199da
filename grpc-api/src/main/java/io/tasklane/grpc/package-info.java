/**
 * The gRPC edge: the server and its services over {@code io.tasklane.app}. It maps, checks and
 * streams; it decides nothing about tasks or queues.
 */
package io.tasklane.grpc;
