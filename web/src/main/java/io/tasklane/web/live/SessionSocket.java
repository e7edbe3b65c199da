package io.tasklane.web.live;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A session of the container. A client that has not taken a message for ten seconds counts as gone.
 *
 * @param session open
 */
record SessionSocket(Session session) implements Socket {
  private static final Logger LOG = Logger.getLogger(SessionSocket.class.getName());
  private static final long SEND_MILLIS = 10_000;

  SessionSocket {
    session.getAsyncRemote().setSendTimeout(SEND_MILLIS);
  }

  @Override
  public void send(String text, Consumer<Boolean> done) {
    session.getAsyncRemote().sendText(text, result -> done.accept(result.isOK()));
  }

  @Override
  public void close(CloseReason reason) {
    try {
      if (session.isOpen()) {
        session.close(reason);
      }
    } catch (IOException alreadyGone) {
      LOG.log(Level.FINE, "closing a WebSocket", alreadyGone);
    }
  }
}
