/** How a call that fails is answered: {@code google.rpc.Status} with its details, always. */
package io.tasklane.grpc.error;
