package io.tasklane.web.live;

import jakarta.websocket.CloseReason;
import java.util.function.Consumer;

/** A client's end of the wire, as far as a stream needs it. */
interface Socket {
  /**
   * Sends a message and returns at once.
   *
   * @param done told when it is sent (true) or has failed (false), on any thread
   */
  void send(String text, Consumer<Boolean> done);

  /** Says good-bye. */
  void close(CloseReason reason);
}
