package io.tasklane.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Durations;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.v1.WatchQueueStatsRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchQueryTest {
  @Test
  void parameters_are_the_fields_of_the_request_and_others_are_passed_over() {
    assertThat(
            WatchQuery.read(
                Map.of(
                    "names", List.of("queues/A", "queues/B"),
                    "interval", List.of("0.5s"),
                    "cachebuster", List.of("7"))))
        .isEqualTo(
            WatchQueueStatsRequest.newBuilder()
                .addNames("queues/A")
                .addNames("queues/B")
                .setInterval(Durations.fromMillis(500))
                .build());
    assertThat(WatchQuery.read(Map.of())).isEqualTo(WatchQueueStatsRequest.getDefaultInstance());
  }

  @Test
  void an_interval_that_is_no_duration_is_refused_by_name() {
    assertThatThrownBy(() -> WatchQuery.read(Map.of("interval", List.of("soon"))))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("interval");
  }
}
