package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tasklane.task.state.MoveTable;
import org.junit.jupiter.api.Test;

/**
 * Runs once all tests of the store have run, in whichever JVM, and looks at what they have done.
 */
class EveryMoveIsUsedIT {
  @Test
  void the_tests_have_made_every_move_of_the_table_and_no_other() {
    assumeTrue(System.getProperty("test") == null, "only some tests were asked for");
    assertThat(MovesSeen.all())
        .as("moves in the event logs of all tests; run them all")
        .containsExactlyInAnyOrderElementsOf(MoveTable.STANDARD.lines());
  }
}
