/** The parts that several messages of the contract share, to and from core. */
package io.tasklane.grpc.wire;
