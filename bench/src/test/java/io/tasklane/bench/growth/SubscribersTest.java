package io.tasklane.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.Bookmark;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventBatch;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SubscribersTest {
  private final EventStreams events = new EventStreams();
  private Server server;
  private Subscribers subscribers;

  @BeforeEach
  void open() throws Exception {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(events)
            .build()
            .start();
    subscribers = new Subscribers("127.0.0.1:" + server.getPort(), "queues/WATCHED");
  }

  @AfterEach
  void close() throws Exception {
    subscribers.close();
    server.shutdownNow().awaitTermination(60, TimeUnit.SECONDS);
  }

  @Test
  void it_grows_by_those_that_are_missing_and_waits_until_all_have_begun() throws Exception {
    subscribers.growTo(3);
    assertThat(events.streams).hasSize(3);
    subscribers.growTo(120);
    assertThat(events.streams).hasSize(120);
    assertThat(subscribers.size()).isEqualTo(120);
    assertThat(events.filters).allMatch(filter -> filter.contains("\"queues/WATCHED\""));
  }

  @Test
  void an_event_has_arrived_when_the_last_of_them_has_it() throws Exception {
    subscribers.growTo(3);
    subscribers.expectEvent();
    events.bookmark(events.streams); // a bookmark is no event
    events.send(events.streams.subList(0, 2));
    subscribers.growTo(4); // over the same connection, so by now all of that has arrived
    long before = System.nanoTime();
    events.send(events.streams.subList(2, 3));
    assertThat(subscribers.awaitEvent()).isGreaterThan(before);
  }

  @Test
  void one_whose_stream_breaks_fails_the_measurement() throws Exception {
    subscribers.growTo(2);
    subscribers.expectEvent();
    events.streams.get(1).onError(Status.UNAVAILABLE.asRuntimeException());
    assertThatThrownBy(subscribers::awaitEvent).hasMessageContaining("UNAVAILABLE");
  }

  /** Serves event streams that carry what a test sends. */
  private static final class EventStreams extends EventServiceGrpc.EventServiceImplBase {
    private final List<StreamObserver<SubscribeEventsResponse>> streams =
        new CopyOnWriteArrayList<>();
    private final List<String> filters = new CopyOnWriteArrayList<>();

    @Override
    public void subscribeEvents(
        SubscribeEventsRequest request, StreamObserver<SubscribeEventsResponse> stream) {
      filters.add(request.getFilter());
      streams.add(stream);
      bookmark(List.of(stream));
    }

    void bookmark(List<StreamObserver<SubscribeEventsResponse>> to) {
      SubscribeEventsResponse bookmark =
          SubscribeEventsResponse.newBuilder().setBookmark(Bookmark.getDefaultInstance()).build();
      to.forEach(stream -> stream.onNext(bookmark));
    }

    void send(List<StreamObserver<SubscribeEventsResponse>> to) {
      EventBatch one = EventBatch.newBuilder().addEvents(Event.getDefaultInstance()).build();
      SubscribeEventsResponse batch = SubscribeEventsResponse.newBuilder().setBatch(one).build();
      to.forEach(stream -> stream.onNext(batch));
    }
  }
}
