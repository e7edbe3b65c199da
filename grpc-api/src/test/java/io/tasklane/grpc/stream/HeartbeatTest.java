package io.tasklane.grpc.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatTest {
  private final HandAlarm alarm = new HandAlarm();
  private final AtomicInteger wakes = new AtomicInteger();
  private final Heartbeat heartbeat = new Heartbeat(alarm, wakes::incrementAndGet);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 6_999, 7_000, 7_001, 13_000})
  void a_sign_of_life_is_due_before_fifteen_seconds_have_passed_since_the_last_message(
      long sentAt) {
    alarm.pass(Duration.ofMillis(sentAt));
    heartbeat.sent();
    assertThat(heartbeat.isDue()).isFalse();

    alarm.pass(Duration.ofMillis(14_000));

    assertThat(heartbeat.isDue()).isTrue();
    assertThat(wakes.get()).isPositive();
  }

  @Test
  void it_is_due_again_and_again() {
    for (int sign = 0; sign < 3; sign++) {
      alarm.pass(Duration.ofSeconds(14));
      assertThat(heartbeat.isDue()).isTrue();
      heartbeat.sent();
    }
  }

  @Test
  void a_stream_that_has_ended_sets_no_alarm() {
    heartbeat.end();
    alarm.pass(Duration.ofMinutes(1));

    assertThat(alarm.set()).isZero();
    assertThat(wakes).hasValue(0);
  }
}
