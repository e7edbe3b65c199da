package io.tasklane.web.live;

import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code QueueService.WatchQueueStats} over WebSocket: text messages, each a {@code
 * WatchQueueStatsResponse} as proto JSON. The query says what the request says: {@code
 * ?names=queues/A&names=queues/B&interval=0.5s}; all may be left out. What the client sends is
 * ignored.
 */
@ServerEndpoint("/ws/v1/queue-stats")
public class QueueSocket {
  private static final Logger LOG = Logger.getLogger(QueueSocket.class.getName());
  private static final int LONGEST_MESSAGE = 1024;

  @Inject private LiveQueues live;

  /** For the container. */
  public QueueSocket() {}

  /** Begins to send. */
  @OnOpen
  public void open(Session session) {
    session.setMaxTextMessageBufferSize(LONGEST_MESSAGE);
    session.setMaxBinaryMessageBufferSize(LONGEST_MESSAGE);
    live.open(session);
  }

  /** Stops sending. */
  @OnClose
  public void close(Session session) {
    live.close(session);
  }

  /** The connection broke, which is how many clients go. */
  @OnError
  public void error(Session session, Throwable fault) {
    LOG.log(Level.FINE, "a WebSocket broke", fault);
    live.close(session);
  }
}
