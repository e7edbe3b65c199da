package io.tasklane.bench.growth;

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
 * Many clients that subscribe to the events of one queue, a hundred of them over one connection.
 * They only count the events that they receive.
 */
final class Subscribers implements AutoCloseable {
  private static final int PER_CONNECTION = 100;
  private static final long PATIENCE_SECONDS = 300;

  private final String grpc;
  private final SubscribeEventsRequest request;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private int size;
  private volatile Expectation begin;
  private volatile Expectation events = new Expectation(0);

  /**
   * No subscribers yet.
   *
   * @param grpc address of the server
   * @param queue whose events they subscribe to
   */
  Subscribers(String grpc, String queue) {
    this.grpc = grpc;
    String filter = "event_type = \"task.state_changed\" AND queue = \"%s\"".formatted(queue);
    this.request = SubscribeEventsRequest.newBuilder().setFilter(filter).build();
  }

  int size() {
    return size;
  }

  /** Adds subscribers up to this many, and returns when the streams of all have begun. */
  void growTo(int count) throws Exception {
    begin = new Expectation(count - size);
    for (; size < count; size++) {
      if (size / PER_CONNECTION == channels.size()) {
        channels.add(NettyChannelBuilder.forTarget(grpc).usePlaintext().directExecutor().build());
      }
      ManagedChannel channel = channels.get(size / PER_CONNECTION);
      EventServiceGrpc.newStub(channel).subscribeEvents(request, new Subscriber());
    }
    begin.await();
  }

  /** From now on, one event is expected by each of them. */
  void expectEvent() {
    events = new Expectation(size);
  }

  /** Waits until the last of them has it; returns {@link System#nanoTime} of that moment. */
  long awaitEvent() throws Exception {
    return events.await();
  }

  @Override
  public void close() {
    events = new Expectation(0); // their streams end now, and nobody waits any more
    channels.forEach(ManagedChannel::shutdownNow);
  }

  /** Something that has to arrive a number of times. */
  private static final class Expectation {
    private final AtomicInteger missing;
    private final CompletableFuture<Long> met = new CompletableFuture<>();

    Expectation(int times) {
      missing = new AtomicInteger(times);
      if (times == 0) {
        met.complete(System.nanoTime());
      }
    }

    void arrived(int times) {
      if (missing.addAndGet(-times) == 0) {
        met.complete(System.nanoTime());
      }
    }

    long await() throws Exception {
      return met.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** One subscriber. */
  private final class Subscriber implements StreamObserver<SubscribeEventsResponse> {
    private boolean begun;

    @Override
    public void onNext(SubscribeEventsResponse message) {
      if (!begun) {
        begun = true;
        begin.arrived(1); // the first message of a stream is a bookmark
        return;
      }
      int count = message.getBatch().getEventsCount();
      if (count > 0) {
        events.arrived(count);
      }
    }

    @Override
    public void onError(Throwable error) {
      begin.met.completeExceptionally(error);
      events.met.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {
      onError(new IllegalStateException("an event stream ended"));
    }
  }
}
