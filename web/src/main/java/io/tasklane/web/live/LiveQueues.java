package io.tasklane.web.live;

import io.tasklane.api.Refusal;
import io.tasklane.grpc.call.RequestCheck;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.queue.QueueWatches;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.service.QueueService;
import io.tasklane.service.Services;
import io.tasklane.v1.WatchQueueStatsRequest;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** The WebSockets that are open, each with its stream. */
@ApplicationScoped
public class LiveQueues {
  private static final int MOST = 200;

  @Inject private Services services;
  @Inject private Clock clock;
  @Inject private RandomGenerator random;
  @Resource private ManagedScheduledExecutorService timer;
  private final Map<String, SocketStream> streams = new ConcurrentHashMap<>();
  private final RequestCheck check = new RequestCheck();
  private Alarm alarm;
  private QueueWatches watches;

  /** For the container. */
  public LiveQueues() {}

  @PostConstruct
  void prepare() {
    alarm = Alarm.of(timer);
    watches = new QueueWatches(services.get(QueueService.class), clock, alarm, random);
  }

  /** Why there is no stream for this query, empty where there is. */
  Optional<StreamRefusal> refusal(Map<String, List<String>> query) {
    if (streams.size() >= MOST) {
      String full = MOST + " clients watch already: come again later";
      return Optional.of(new StreamRefusal(HttpServletResponse.SC_SERVICE_UNAVAILABLE, full));
    }
    try {
      watches.check(checked(query));
      return Optional.empty();
    } catch (InvalidRequest | Refusal refused) {
      return Optional.of(StreamRefusal.because(refused));
    }
  }

  private WatchQueueStatsRequest checked(Map<String, List<String>> query) {
    WatchQueueStatsRequest request = WatchQuery.read(query);
    check.check(request);
    return request;
  }

  /** Starts to send to this client. */
  void open(Session session) {
    SessionSocket socket = new SessionSocket(session, alarm);
    try {
      WatchQueueStatsRequest request = checked(session.getRequestParameterMap());
      String id = session.getId();
      SocketStream stream =
          new SocketStream(watches.watch(request), socket, timer, () -> streams.remove(id));
      streams.put(id, stream);
      stream.start();
    } catch (InvalidRequest wrong) {
      socket.close(SocketStream.reason(CloseCodes.VIOLATED_POLICY, wrong.getMessage()));
    }
  }

  /** The client has gone. */
  void close(Session session) {
    SocketStream stream = streams.remove(session.getId());
    if (stream != null) {
      stream.end(SocketStream.reason(CloseCodes.NORMAL_CLOSURE, ""));
    }
  }

  /** The server stops: every client is asked to connect again. */
  @PreDestroy
  void closeAll() {
    streams
        .values()
        .forEach(
            stream -> stream.end(SocketStream.reason(CloseCodes.GOING_AWAY, "the server stops")));
  }
}
