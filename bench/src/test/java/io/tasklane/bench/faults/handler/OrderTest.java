package io.tasklane.bench.faults.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.bench.faults.record.Behaviour;
import org.junit.jupiter.api.Test;

class OrderTest {
  @Test
  void an_order_reads_as_it_was_written() {
    Order order = new Order(4711, "queues/A", 20, 2, true, false, "AssertionError", 3);
    assertThat(Order.read(order.text())).isEqualTo(order);
  }

  @Test
  void the_handler_knows_every_error_that_is_asked_for() {
    for (String error : Behaviour.ERRORS) {
      assertThatThrownBy(() -> Errors.raise(error)).isNotInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Errors.raise("StackOverflowError"))
        .isInstanceOf(StackOverflowError.class);
  }

  @Test
  void the_handler_and_the_checker_speak_of_the_same_codes() {
    assertThat(FaultWork.PASSING).isEqualTo(Behaviour.PASSING);
    assertThat(FaultWork.PERMANENT).isEqualTo(Behaviour.PERMANENT);
    assertThat(FaultWork.REFUSED).isEqualTo(Behaviour.REFUSED);
  }
}
