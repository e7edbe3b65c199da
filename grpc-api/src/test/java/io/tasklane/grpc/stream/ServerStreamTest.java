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
  private final SourceOfTest source = new SourceOfTest();
  private final OpenStreams open = new OpenStreams();
  private final Queue<Runnable> later = new ArrayDeque<>();

  @Test
  void a_client_that_is_not_ready_is_sent_nothing_and_the_feed_is_not_asked() {
    client.ready = false;
    start();
    source.supply("a", "b");

    assertThat(client.received).isEmpty();
    assertThat(source.asked).hasValue(0);
  }

  @Test
  void a_slow_client_gets_as_much_as_it_has_room_for() {
    client.window = 2;
    start();
    source.supply("a", "b", "c", "d", "e");

    assertThat(client.received).containsExactly("a", "b");
    client.becomeReady(1);
    assertThat(client.received).containsExactly("a", "b", "c");
    assertThat(source.supply).containsExactly("d", "e");
  }

  @Test
  void news_that_comes_while_a_drain_runs_is_sent_too() {
    start(later::add);
    later.remove().run();
    source.supply.add("a");
    source.wake.run();
    source.supply.add("b");
    source.wake.run();

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
                            IntStream.range(0, each).forEach(i -> source.supply(t + "-" + i));
                            ended.countDown();
                          })
                      .start());
      assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
      source.done = true;
      source.wake.run();
      executor.shutdown();
      assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      executor.shutdownNow();
    }
    assertThat(source.crowded).isFalse();
    assertThat(client.received).hasSize(threads * each).doesNotHaveDuplicates();
    assertThat(client.completed).isTrue();
  }

  @Test
  void a_feed_that_is_done_completes_the_stream_and_is_closed_once() {
    source.done = true;
    source.supply.add("last");
    start();
    source.wake.run();

    assertThat(client.received).containsExactly("last");
    assertThat(client.completed).isTrue();
    assertThat(source.closed).hasValue(1);
    assertThat(open.count()).isZero();
  }

  @Test
  void a_client_that_cancels_closes_the_feed() {
    start();
    assertThat(open.count()).isEqualTo(1);
    client.cancel();
    source.supply("too late");

    assertThat(source.closed).hasValue(1);
    assertThat(client.received).isEmpty();
    assertThat(client.error).isNull();
    assertThat(open.count()).isZero();
  }

  @Test
  void a_feed_that_fails_ends_the_stream_with_what_clients_are_told() {
    source.failure = new IllegalStateException("broken");
    start();

    assertThat(client.error).hasMessageContaining("broken");
    assertThat(source.closed).hasValue(1);
  }

  @Test
  void a_feed_that_does_not_open_ends_the_stream_too() {
    source.openFailure = new IllegalStateException("no such token");
    start();

    assertThat(client.error).hasMessageContaining("no such token");
    assertThat(source.asked).hasValue(0);
    assertThat(source.closed).hasValue(1);
  }

  @Test
  void a_server_that_stops_ends_open_streams_and_those_that_begin_later() {
    start();
    open.closeAll();
    assertThat(client.error).hasMessageContaining("the server stops");

    ClientOfTest late = new ClientOfTest();
    new ServerStream<>(late, Runnable::run, ServerStreamTest::told, open).start(new SourceOfTest());
    assertThat(late.error).hasMessageContaining("the server stops");
    assertThat(open.count()).isZero();
  }

  @Test
  void a_feed_is_not_closed_while_it_opens() {
    source.whileOpening =
        () -> {
          open.closeAll();
          source.supply("too early");
          assertThat(source.closed).hasValue(0);
          assertThat(source.asked).hasValue(0);
        };
    start();

    assertThat(client.error).hasMessageContaining("the server stops");
    assertThat(source.closed).hasValue(1);
  }

  @Test
  void a_wake_up_after_the_executor_has_gone_does_not_reach_the_reader_of_the_log() {
    start(
        task -> {
          throw new RejectedExecutionException();
        });

    source.supply("a");

    assertThat(client.received).isEmpty();
  }

  private void start() {
    start(Runnable::run);
  }

  private void start(java.util.concurrent.Executor executor) {
    new ServerStream<>(client, executor, ServerStreamTest::told, open).start(source);
  }

  private static StatusRuntimeException told(Throwable failure) {
    Status status = failure instanceof Refusal ? Status.UNAVAILABLE : Status.INTERNAL;
    return status.withDescription(failure.getMessage()).asRuntimeException();
  }
}
