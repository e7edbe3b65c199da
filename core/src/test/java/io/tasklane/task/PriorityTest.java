package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriorityTest {
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 11})
  void what_is_not_1_to_10_is_refused_with_the_range(int value) {
    assertThatThrownBy(() -> new Priority(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("priority " + value + " is not allowed: 1 to 10, 10 runs first");
  }

  @Test
  void the_wires_nothing_is_the_default() {
    assertThat(Priority.ofWire(0)).isEqualTo(new Priority(5));
    assertThat(Priority.ofWire(10)).isEqualTo(new Priority(10));
    assertThatThrownBy(() -> Priority.ofWire(-3)).hasMessageContaining("-3");
  }

  @Test
  void its_message_has_a_priority_of_jms() {
    assertThat(new Priority(1).toJms()).isZero();
    assertThat(new Priority(10).toJms()).isEqualTo(9);
  }
}
