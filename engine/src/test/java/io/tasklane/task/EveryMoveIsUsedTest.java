package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tasklane.task.state.MoveTable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Comes last (see junit-platform.properties), and looks at what the tests before it have done. */
@Order(Integer.MAX_VALUE)
class EveryMoveIsUsedTest {
  @Test
  void the_tests_have_made_every_move_of_the_table_and_no_other() {
    assumeFalse(MovesSeen.all().isEmpty(), "no test of the store ran before this one");
    assertThat(MovesSeen.all())
        .as("moves in the event logs of all tests; run them all")
        .containsExactlyInAnyOrderElementsOf(MoveTable.STANDARD.lines());
  }
}
