package io.tasklane.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.util.List;
import org.junit.jupiter.api.Test;

class OvertakingTest {
  @Test
  void a_low_task_that_starts_after_the_high_one_is_durable_and_before_it_starts_is_counted() {
    assertThat(new Overtaking(at(100), at(200)).count(List.of(at(101), at(150), at(199))))
        .isEqualTo(3);
  }

  @Test
  void the_one_that_was_running_and_those_that_come_later_are_not() {
    assertThat(new Overtaking(at(100), at(200)).count(List.of(at(50), at(100), at(200), at(300))))
        .isZero();
  }

  @Test
  void a_task_that_started_before_its_creation_was_answered_was_passed_by_nobody() {
    assertThat(new Overtaking(at(200), at(100)).count(List.of(at(50), at(150), at(250)))).isZero();
  }

  private static Timestamp at(long micros) {
    return Timestamps.fromMicros(micros);
  }
}
