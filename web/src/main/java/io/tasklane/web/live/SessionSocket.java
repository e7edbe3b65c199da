package io.tasklane.web.live;

import io.tasklane.grpc.stream.Alarm;
import io.tasklane.time.Ticker;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A session of the container. A client that has not taken a message for ten seconds counts as gone.
 */
final class SessionSocket implements Socket {
  private static final Logger LOG = Logger.getLogger(SessionSocket.class.getName());
  private static final long SEND_MILLIS = 10_000;

  /**
   * No session is closed before this age. While it opens, a thread of Payara still works on the
   * request that was upgraded; closing recycles that request under its hands, and now and then the
   * good-bye was lost, or another request answered with 404 (Payara 6.2025.10, one in a thousand).
   */
  private static final Duration YOUNGEST = Duration.ofMillis(500);

  private final Session session;
  private final Alarm alarm;
  private final long opened = Ticker.SYSTEM.nanos();

  /**
   * Its socket, from now on.
   *
   * @param session just opened
   * @param alarm calls back when it is old enough to be closed
   */
  SessionSocket(Session session, Alarm alarm) {
    this.session = session;
    this.alarm = alarm;
    session.getAsyncRemote().setSendTimeout(SEND_MILLIS);
  }

  @Override
  public void send(String text, Consumer<Boolean> done) {
    session.getAsyncRemote().sendText(text, result -> done.accept(result.isOK()));
  }

  @Override
  public void close(CloseReason reason) {
    Duration left = YOUNGEST.minus(Ticker.SYSTEM.since(opened));
    if (left.isNegative()) {
      closeNow(reason);
    } else {
      alarm.after(left, () -> closeNow(reason));
    }
  }

  private void closeNow(CloseReason reason) {
    try {
      if (session.isOpen()) {
        session.close(reason);
      }
    } catch (IOException alreadyGone) {
      LOG.log(Level.FINE, "closing a WebSocket", alreadyGone);
    }
  }
}
