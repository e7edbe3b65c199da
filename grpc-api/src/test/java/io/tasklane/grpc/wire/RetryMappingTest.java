package io.tasklane.grpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryMappingTest {
  @Test
  void a_policy_comes_back_as_it_went() {
    RetryPolicy policy =
        new RetryPolicy(
            7, Duration.ofMillis(250), 1.5, Duration.ofMinutes(2), 0.25, List.of("ACCOUNT_CLOSED"));

    assertThat(RetryMapping.fromWire(RetryMapping.toWire(policy))).isEqualTo(policy);
  }

  @Test
  void what_is_not_set_is_the_default() {
    assertThat(RetryMapping.fromWire(io.tasklane.v1.RetryPolicy.getDefaultInstance()))
        .isEqualTo(RetryPolicy.DEFAULT);
  }

  @Test
  void the_ceiling_is_never_below_an_initial_backoff_that_stands_alone() {
    RetryPolicy policy =
        RetryMapping.fromWire(
            io.tasklane.v1.RetryPolicy.newBuilder()
                .setInitialBackoff(WireTime.of(Duration.ofHours(3)))
                .build());

    assertThat(policy.maximumBackoff()).isEqualTo(Duration.ofHours(3));
  }

  @Test
  void a_value_out_of_range_is_named() {
    assertThatThrownBy(
            () ->
                RetryMapping.fromWire(
                    io.tasklane.v1.RetryPolicy.newBuilder().setMaximumAttempts(101).build()))
        .hasMessageContaining("101")
        .hasMessageContaining("1 to 100");
  }
}
