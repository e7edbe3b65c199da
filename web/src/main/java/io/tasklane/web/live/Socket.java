package io.tasklane.web.live;

import jakarta.websocket.CloseReason;
import java.util.function.Consumer;

/** A client's end of the wire, as far as a stream needs it. */
interface Socket {
  /**
   * Sends a message and returns at once.
   *
   * @param done called on any thread: true when it is sent, false if that failed
   */
  void send(String text, Consumer<Boolean> done);

  /** Closes the connection with this reason. */
  void close(CloseReason reason);
}
