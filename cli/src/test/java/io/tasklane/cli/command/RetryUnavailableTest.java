package io.tasklane.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.ListQueuesRequest;
import io.tasklane.v1.ListQueuesResponse;
import io.tasklane.v1.QueueServiceGrpc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RetryUnavailableTest {
  private static final Duration MOST = Duration.ofSeconds(5);

  private final AtomicInteger asked = new AtomicInteger();
  private volatile Duration silence = Duration.ZERO;
  private volatile int refusals = Integer.MAX_VALUE;
  private Server server;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(new Queues())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  /** Refuses after a while, as a server whose database is away. */
  private final class Queues extends QueueServiceGrpc.QueueServiceImplBase {
    @Override
    public void listQueues(ListQueuesRequest request, StreamObserver<ListQueuesResponse> answer) {
      if (asked.incrementAndGet() > refusals) {
        answer.onNext(ListQueuesResponse.newBuilder().setNextPageToken("here").build());
        answer.onCompleted();
        return;
      }
      LockSupport.parkNanos(silence.toNanos());
      answer.onError(Status.UNAVAILABLE.withDescription("the database is away").asException());
    }
  }

  private ListQueuesResponse ask() {
    return ask("127.0.0.1:" + server.getPort());
  }

  private static ListQueuesResponse ask(String address) {
    try (Connection connection = Connection.to(address)) {
      return connection
          .service(QueueServiceGrpc::newBlockingStub)
          .listQueues(ListQueuesRequest.getDefaultInstance());
    }
  }

  @Test
  void a_question_that_is_refused_at_once_is_tried_four_times() {
    assertThatThrownBy(this::askWhileNoTimePasses)
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("the database is away");
    assertThat(asked).hasValue(RetryUnavailable.MOST_TRIES);
  }

  /** On a busy machine the pauses alone might use up a question's time. */
  private void askWhileNoTimePasses() {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
            .usePlaintext()
            .intercept(new RetryUnavailable(timer, () -> 0))
            .disableRetry()
            .build();
    try {
      QueueServiceGrpc.newBlockingStub(channel)
          .withOption(RetryUnavailable.QUESTION, true)
          .listQueues(ListQueuesRequest.getDefaultInstance());
    } finally {
      channel.shutdownNow();
      timer.shutdownNow();
    }
  }

  @Test
  void a_question_gets_its_answer_once_the_server_has_one() {
    refusals = 2;
    assertThat(ask().getNextPageToken()).isEqualTo("here");
    assertThat(asked).hasValue(3);
  }

  @Test
  void a_question_whose_refusals_take_long_says_within_five_seconds_what_is_away() {
    for (long millis : new long[] {900, 2_000, 3_300}) {
      silence = Duration.ofMillis(millis);
      long begin = System.nanoTime();
      assertThatThrownBy(this::ask).hasMessageContaining("the database is away");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(MOST);
    }
  }

  @Test
  void where_nothing_listens_the_answer_names_the_address_and_why_within_five_seconds()
      throws InterruptedException {
    String address = "127.0.0.1:" + server.getPort();
    server.shutdownNow().awaitTermination();
    long begin = System.nanoTime();
    assertThatThrownBy(() -> ask(address))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            error ->
                assertThat(ServerError.lines(error, address).get(0))
                    .startsWith("cannot reach a Tasklane server at " + address)
                    .contains("Connection refused"));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(MOST);
  }
}
