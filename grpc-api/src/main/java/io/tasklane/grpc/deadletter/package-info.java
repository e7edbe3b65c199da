/** DeadLetterService: what failed for good, run again or put away. */
package io.tasklane.grpc.deadletter;
