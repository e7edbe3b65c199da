package io.tasklane.grpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTimeTest {
  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT1.5S", "PT-1.5S", "PT-0.000000001S", "PT24H", "PT-2S"})
  void a_duration_comes_back_as_it_went(String text) {
    Duration duration = Duration.parse(text);
    com.google.protobuf.Duration wire = WireTime.of(duration);

    assertThat(WireTime.of(wire)).isEqualTo(duration);
    assertThat(Long.signum(wire.getSeconds()) * Integer.signum(wire.getNanos()))
        .as("one sign")
        .isNotNegative();
  }

  @Test
  void an_instant_keeps_its_nanoseconds() {
    assertThat(WireTime.of(Instant.parse("2026-11-23T09:00:00.123456789Z")).getNanos())
        .isEqualTo(123_456_789);
  }
}
