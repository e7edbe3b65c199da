package io.tasklane.grpc.task;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.task.StreamClient.atRest;
import static io.tasklane.grpc.task.StreamClient.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import io.tasklane.grpc.ApiOfTest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bulk loading: each element is answered alone, in order, and nothing piles up at the server. */
@Timeout(60)
class StreamCreateTasksPaceTest {
  private ApiOfTest api;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_client_that_does_not_read_is_not_read_from() throws Exception {
    StreamClient client = StreamClient.openWithoutReading(api.channel);
    client.send(1, 10_000);

    assertThat(atRest(api.tasks.asked::size)).isEqualTo(CreationStream.MOST_UNDER_WAY);
    client.read(1);
    until(() -> client.results.size() > 0);
    int room = client.results.size();
    assertThat(atRest(api.tasks.asked::size)).isEqualTo(CreationStream.MOST_UNDER_WAY + room);
    client.halfClose();
    client.read(100_000);
    until(() -> client.completed);
    assertThat(client.results).hasSize(10_000);
  }

  @Test
  void no_more_is_read_than_may_be_under_way_while_commits_take_long() throws Exception {
    api.tasks.held = new LinkedBlockingDeque<>();
    StreamClient client = StreamClient.open(api.channel);
    client.send(1, 3_000);

    assertThat(atRest(api.tasks.held::size)).isEqualTo(CreationStream.MOST_UNDER_WAY);
    for (int i = 0; i < 10; i++) {
      api.tasks.held.take().run();
    }
    int still = atRest(api.tasks.held::size);
    assertThat(still).isLessThanOrEqualTo(CreationStream.MOST_UNDER_WAY);
    client.cancel();
  }

  @Test
  void a_client_that_cancels_leaves_nothing_behind() throws Exception {
    api.tasks.held = new LinkedBlockingDeque<>();
    StreamClient client = StreamClient.open(api.channel);
    client.send(1, 10);
    until(() -> api.tasks.held.size() == 10);
    client.cancel();
    until(() -> api.open.count() == 0);
    for (Runnable late : List.copyOf(api.tasks.held)) {
      late.run();
    }

    assertThat(client.results).isEmpty();
  }

  @Test
  void a_server_that_stops_says_so() throws Exception {
    StreamClient client = StreamClient.open(api.channel);
    client.send(1, 1);
    until(() -> client.results.size() == 1);
    api.open.closeAll();
    until(() -> client.error != null);

    assertThat(codeAndReason((StatusRuntimeException) client.error))
        .isEqualTo("UNAVAILABLE STREAM_CLOSED");
  }
}
