/** The status stream over WebSocket, in the same messages as gRPC, as proto JSON. */
package io.tasklane.web.live;
