package io.tasklane.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Context;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.ListQueuesRequest;
import io.tasklane.v1.ListQueuesResponse;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.QueueServiceGrpc.QueueServiceBlockingStub;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long the command asks, for one answer and for several. */
@Timeout(60)
class QuestionTimeTest {
  private static final Duration SILENCE = Duration.ofMillis(200);

  /** A call as the server saw it. */
  private record Seen(long begin, Duration left) {}

  private final List<Seen> calls = new CopyOnWriteArrayList<>();
  private volatile boolean away;
  private Server server;
  private Connection connection;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(new Queues())
            .build()
            .start();
    connection = Connection.to("127.0.0.1:" + server.getPort());
  }

  @AfterEach
  void stop() {
    connection.close();
    server.shutdownNow();
  }

  /** Refuses after a while, while its database is away. */
  private final class Queues extends QueueServiceGrpc.QueueServiceImplBase {
    @Override
    public void listQueues(ListQueuesRequest request, StreamObserver<ListQueuesResponse> answer) {
      long left = Context.current().getDeadline().timeRemaining(TimeUnit.MILLISECONDS);
      calls.add(new Seen(System.nanoTime(), Duration.ofMillis(left)));
      if (away) {
        LockSupport.parkNanos(SILENCE.toNanos());
        answer.onError(Status.UNAVAILABLE.withDescription("the database is away").asException());
        return;
      }
      answer.onNext(ListQueuesResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }

  private static void ask(QueueServiceBlockingStub service) {
    service.listQueues(ListQueuesRequest.getDefaultInstance());
  }

  @Test
  void each_page_of_a_list_has_the_whole_time_for_its_answer() throws InterruptedException {
    QueueServiceBlockingStub service = connection.service(QueueServiceGrpc::newBlockingStub);
    ask(service);
    Thread.sleep(2_000); // as one does who reads many pages
    ask(service);
    assertThat(calls).hasSize(2);
    assertThat(calls.get(1).left()).isGreaterThan(Connection.ANSWER_TIME.minusSeconds(1));
  }

  @Test
  void the_last_try_begins_in_time_whatever_the_pause_before_it_would_be() {
    QueueServiceBlockingStub service = connection.service(QueueServiceGrpc::newBlockingStub);
    ask(service); // opens the channel, which takes a while
    calls.clear();
    away = true;
    assertThatThrownBy(() -> ask(service)).hasMessageContaining("the database is away");
    // Begins and pauses: 0, 200 ms, 400 ms, and then what is left instead of 800 ms.
    assertThat(calls).hasSize(RetryUnavailable.MOST_TRIES);
    Duration last = Duration.ofNanos(calls.get(calls.size() - 1).begin() - calls.get(0).begin());
    assertThat(last).isLessThan(RetryUnavailable.TRYING.plusMillis(300));
  }
}
