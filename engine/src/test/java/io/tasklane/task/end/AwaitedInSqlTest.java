package io.tasklane.task.end;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.dependency.EndedTask;
import io.tasklane.key.TaskKey;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.task.state.TaskState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether the end of a task concerns others is in SQL what core decides. */
class AwaitedInSqlTest {
  private final RandomValues random = RandomValues.seeded();

  private EndedTask row() {
    return new EndedTask(
        new TaskKey(1),
        "t",
        TaskState.SUCCEEDED,
        random.below(4) == 0,
        random.below(4) == 0 ? random.maybe(() -> "key") : Optional.empty(),
        random.below(4) == 0,
        random.below(4) == 0 ? random.below(4) : 0);
  }

  @Test
  void the_ends_that_concern_others_are_those_that_core_finds() {
    assertThat(
            new RandomRows<>(random.rows(300, this::row))
                .column("m.needed", "boolean", EndedTask::needed)
                .column("m.ordering_key", "text", EndedTask::orderingKey)
                .column("m.resource_units", "jsonb", task -> task.holdsUnits() ? "{}" : null)
                .column("m.listeners", "int", EndedTask::listeners)
                .differences(Postgres.empty(), EndedRows.AWAITED, EndedTask::isAwaited))
        .as(random.toString())
        .isEmpty();
  }
}
