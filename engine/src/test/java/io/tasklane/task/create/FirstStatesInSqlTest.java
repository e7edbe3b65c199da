package io.tasklane.task.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Standing;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.task.StartConditions;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The first state of a new task in SQL is the one that core decides. */
class FirstStatesInSqlTest {
  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();
  private final List<Row> rows = random.rows(300, this::row);

  private record Row(Standing standing, StartConditions start) {
    Move move() {
      return standing.creation(start.isLater(RandomValues.NOW));
    }

    int state() {
      return MoveTable.STANDARD.require(null, move()).code();
    }
  }

  private Row row() {
    return new Row(
        new Standing(random.below(3), random.below(4) == 0 ? Optional.of("why") : Optional.empty()),
        new StartConditions(List.of(), random.maybe(random::time), Optional.empty()));
  }

  @Test
  void a_task_is_created_in_the_state_that_core_decides() {
    assertThat(
            new RandomRows<>(rows)
                .column("t.at", "timestamptz", row -> RandomValues.NOW)
                .column("w.unmet", "smallint", row -> row.standing().unmet())
                .column("w.ruled_out", "text", row -> row.standing().ruledOut())
                .column("w.run_after", "timestamptz", row -> row.start().runAfter())
                .differences(database, InsertTasks.STATE, Row::state))
        .as(random.toString())
        .isEmpty();
  }

  @Test
  void its_first_move_is_the_one_that_core_decides() {
    assertThat(
            new RandomRows<>(rows)
                .column("c.state", "smallint", Row::state)
                .differences(database, InsertTasks.MOVE, row -> row.move().code()))
        .as(random.toString())
        .isEmpty();
  }
}
