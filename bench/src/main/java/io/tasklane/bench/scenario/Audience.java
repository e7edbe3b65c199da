package io.tasklane.bench.scenario;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many clients that follow the events of one queue, a hundred of them over one connection. They
 * only count what they are told.
 */
final class Audience implements AutoCloseable {
  private static final int SHARE_A_CONNECTION = 100;
  private static final long PATIENCE_SECONDS = 300;

  private final String grpc;
  private final SubscribeEventsRequest request;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private int size;
  private volatile Expectation begin;
  private volatile Expectation news = new Expectation(0);

  /**
   * Nobody yet.
   *
   * @param grpc the server
   * @param queue whose events they follow
   */
  Audience(String grpc, String queue) {
    this.grpc = grpc;
    String filter = "event_type = \"task.state_changed\" AND queue = \"%s\"".formatted(queue);
    this.request = SubscribeEventsRequest.newBuilder().setFilter(filter).build();
  }

  int size() {
    return size;
  }

  /** Lets there be so many, and returns when the streams of all have begun. */
  void growTo(int count) throws Exception {
    begin = new Expectation(count - size);
    for (; size < count; size++) {
      if (size / SHARE_A_CONNECTION == channels.size()) {
        channels.add(NettyChannelBuilder.forTarget(grpc).usePlaintext().directExecutor().build());
      }
      ManagedChannel channel = channels.get(size / SHARE_A_CONNECTION);
      EventServiceGrpc.newStub(channel).subscribeEvents(request, new Listener());
    }
    begin.await();
  }

  /** From here on one event is news to each of them. */
  void expectNews() {
    news = new Expectation(size);
  }

  /** Waits until the last of them was told, and gives the nanosecond of this JVM when that was. */
  long awaitNews() throws Exception {
    return news.await();
  }

  @Override
  public void close() {
    news = new Expectation(0); // their streams end now, and nobody waits any more
    channels.forEach(ManagedChannel::shutdownNow);
  }

  /** So many times something has to come. */
  private static final class Expectation {
    private final AtomicInteger missing;
    private final CompletableFuture<Long> met = new CompletableFuture<>();

    Expectation(int times) {
      missing = new AtomicInteger(times);
      if (times == 0) {
        met.complete(System.nanoTime());
      }
    }

    void came(int times) {
      if (missing.addAndGet(-times) == 0) {
        met.complete(System.nanoTime());
      }
    }

    long await() throws Exception {
      return met.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** One of them. */
  private final class Listener implements StreamObserver<SubscribeEventsResponse> {
    private boolean begun;

    @Override
    public void onNext(SubscribeEventsResponse message) {
      if (!begun) {
        begun = true;
        begin.came(1); // the first message of a stream is a bookmark
        return;
      }
      int events = message.getBatch().getEventsCount();
      if (events > 0) {
        news.came(events);
      }
    }

    @Override
    public void onError(Throwable error) {
      begin.met.completeExceptionally(error);
      news.met.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {
      onError(new IllegalStateException("an event stream ended"));
    }
  }
}
