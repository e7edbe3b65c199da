package io.tasklane.grpc.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tasklane.api.Refusal;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServerStreamTest {
  private final ClientOfTest client = new ClientOfTest();
  private final FeedOfTest feed = new FeedOfTest();
  private final OpenStreams open = new OpenStreams();
  private final Queue<Runnable> later = new ArrayDeque<>();

  @Test
  void a_client_that_is_not_ready_is_sent_nothing_and_the_feed_is_not_asked() {
    client.ready = false;
    start();
    feed.supply("a", "b");

    assertThat(client.received).isEmpty();
    assertThat(feed.asked).hasValue(0);
  }

  @Test
  void a_slow_client_gets_as_much_as_it_has_room_for() {
    client.window = 2;
    start();
    feed.supply("a", "b", "c", "d", "e");

    assertThat(client.received).containsExactly("a", "b");
    client.becomeReady(1);
    assertThat(client.received).containsExactly("a", "b", "c");
    assertThat(feed.supply).containsExactly("d", "e");
  }

  @Test
  void news_that_comes_while_a_drain_runs_is_sent_too() {
    start(later::add);
    later.remove().run();
    feed.supply.add("a");
    feed.wake.run();
    feed.supply.add("b");
    feed.wake.run();

    assertThat(later).as("one drain at a time").hasSize(1);
    later.remove().run();
    assertThat(client.received).containsExactly("a", "b");
  }

  @Test
  void many_threads_that_wake_it_never_meet_in_the_feed_and_nothing_is_lost() throws Exception {
    int threads = 8;
    int each = 2_000;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      start(executor::execute);
      CountDownLatch ended = new CountDownLatch(threads);
      IntStream.range(0, threads)
          .forEach(
              t ->
                  new Thread(
                          () -> {
                            IntStream.range(0, each).forEach(i -> feed.supply(t + "-" + i));
                            ended.countDown();
                          })
                      .start());
      assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
      feed.done = true;
      feed.wake.run();
      executor.shutdown();
      assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      executor.shutdownNow();
    }
    assertThat(feed.crowded).isFalse();
    assertThat(client.received).hasSize(threads * each).doesNotHaveDuplicates();
    assertThat(client.completed).isTrue();
  }

  @Test
  void a_feed_that_is_done_completes_the_stream_and_is_closed_once() {
    feed.done = true;
    feed.supply.add("last");
    start();
    feed.wake.run();

    assertThat(client.received).containsExactly("last");
    assertThat(client.completed).isTrue();
    assertThat(feed.closed).hasValue(1);
    assertThat(open.count()).isZero();
  }

  @Test
  void a_client_that_cancels_closes_the_feed() {
    start();
    assertThat(open.count()).isEqualTo(1);
    client.cancel();
    feed.supply("too late");

    assertThat(feed.closed).hasValue(1);
    assertThat(client.received).isEmpty();
    assertThat(client.error).isNull();
    assertThat(open.count()).isZero();
  }

  @Test
  void a_feed_that_fails_ends_the_stream_with_what_clients_are_told() {
    feed.failure = new IllegalStateException("broken");
    start();

    assertThat(client.error).hasMessageContaining("broken");
    assertThat(feed.closed).hasValue(1);
  }

  @Test
  void a_feed_that_does_not_open_ends_the_stream_too() {
    feed.openFailure = new IllegalStateException("no such token");
    start();

    assertThat(client.error).hasMessageContaining("no such token");
    assertThat(feed.asked).hasValue(0);
    assertThat(feed.closed).hasValue(1);
  }

  @Test
  void a_server_that_stops_ends_open_streams_and_those_that_begin_later() {
    start();
    open.closeAll();
    assertThat(client.error).hasMessageContaining("the server stops");

    ClientOfTest late = new ClientOfTest();
    new ServerStream<>(late, Runnable::run, ServerStreamTest::told, open).start(new FeedOfTest());
    assertThat(late.error).hasMessageContaining("the server stops");
    assertThat(open.count()).isZero();
  }

  @Test
  void a_feed_is_not_closed_while_it_opens() {
    feed.whileOpening =
        () -> {
          open.closeAll();
          feed.supply("too early");
          assertThat(feed.closed).hasValue(0);
          assertThat(feed.asked).hasValue(0);
        };
    start();

    assertThat(client.error).hasMessageContaining("the server stops");
    assertThat(feed.closed).hasValue(1);
  }

  @Test
  void a_wake_up_after_the_executor_has_gone_does_not_reach_the_reader_of_the_log() {
    start(
        task -> {
          throw new RejectedExecutionException();
        });

    feed.supply("a");

    assertThat(client.received).isEmpty();
  }

  private void start() {
    start(Runnable::run);
  }

  private void start(java.util.concurrent.Executor executor) {
    new ServerStream<>(client, executor, ServerStreamTest::told, open).start(feed);
  }

  private static StatusRuntimeException told(Throwable failure) {
    Status status = failure instanceof Refusal ? Status.UNAVAILABLE : Status.INTERNAL;
    return status.withDescription(failure.getMessage()).asRuntimeException();
  }
}
