package io.tasklane.task.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.task.StartConditions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether an updated task waits for its start time is in SQL what core decides. */
class StartTimesInSqlTest {
  private final RandomValues random = RandomValues.seeded();

  @Test
  void an_updated_task_waits_for_its_start_time_where_core_says_so() {
    List<StartConditions> rows =
        random.rows(
            200,
            () -> new StartConditions(List.of(), random.maybe(random::time), Optional.empty()));
    assertThat(
            new RandomRows<>(rows)
                .column("seen.at", "timestamptz", row -> RandomValues.NOW)
                .column("m.run_after", "timestamptz", StartConditions::runAfter)
                .differences(
                    Postgres.empty(), UpdateStatement.LATER, row -> row.isLater(RandomValues.NOW)))
        .as(random.toString())
        .isEmpty();
  }
}
