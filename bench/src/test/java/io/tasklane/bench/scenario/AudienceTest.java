package io.tasklane.bench.scenario;

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
class AudienceTest {
  private final Theatre theatre = new Theatre();
  private Server server;
  private Audience audience;

  @BeforeEach
  void open() throws Exception {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(theatre)
            .build()
            .start();
    audience = new Audience("127.0.0.1:" + server.getPort(), "queues/WATCHED");
  }

  @AfterEach
  void close() throws Exception {
    audience.close();
    server.shutdownNow().awaitTermination(60, TimeUnit.SECONDS);
  }

  @Test
  void it_grows_by_those_that_are_missing_and_waits_until_all_have_begun() throws Exception {
    audience.growTo(3);
    assertThat(theatre.seats).hasSize(3);
    audience.growTo(120);
    assertThat(theatre.seats).hasSize(120);
    assertThat(audience.size()).isEqualTo(120);
    assertThat(theatre.filters).allMatch(filter -> filter.contains("\"queues/WATCHED\""));
  }

  @Test
  void news_have_come_when_the_last_of_them_knows() throws Exception {
    audience.growTo(3);
    audience.expectNews();
    theatre.bookmark(theatre.seats); // a sign of life is no news
    theatre.tell(theatre.seats.subList(0, 2));
    audience.growTo(4); // over the same connection, so by now all of that has come
    long before = System.nanoTime();
    theatre.tell(theatre.seats.subList(2, 3));
    assertThat(audience.awaitNews()).isGreaterThan(before);
  }

  @Test
  void one_whose_stream_breaks_fails_the_measurement() throws Exception {
    audience.growTo(2);
    audience.expectNews();
    theatre.seats.get(1).onError(Status.UNAVAILABLE.asRuntimeException());
    assertThatThrownBy(audience::awaitNews).hasMessageContaining("UNAVAILABLE");
  }

  /** Serves event streams that say what a test tells them to. */
  private static final class Theatre extends EventServiceGrpc.EventServiceImplBase {
    private final List<StreamObserver<SubscribeEventsResponse>> seats =
        new CopyOnWriteArrayList<>();
    private final List<String> filters = new CopyOnWriteArrayList<>();

    @Override
    public void subscribeEvents(
        SubscribeEventsRequest request, StreamObserver<SubscribeEventsResponse> seat) {
      filters.add(request.getFilter());
      seats.add(seat);
      bookmark(List.of(seat));
    }

    void bookmark(List<StreamObserver<SubscribeEventsResponse>> to) {
      SubscribeEventsResponse bookmark =
          SubscribeEventsResponse.newBuilder().setBookmark(Bookmark.getDefaultInstance()).build();
      to.forEach(seat -> seat.onNext(bookmark));
    }

    void tell(List<StreamObserver<SubscribeEventsResponse>> to) {
      EventBatch one = EventBatch.newBuilder().addEvents(Event.getDefaultInstance()).build();
      SubscribeEventsResponse news = SubscribeEventsResponse.newBuilder().setBatch(one).build();
      to.forEach(seat -> seat.onNext(news));
    }
  }
}
