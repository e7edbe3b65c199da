package io.tasklane.task.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The tasks that SQL releases when they are due are those that the table of moves lets come due.
 */
class DueTasksInSqlTest {
  private record Row(long id, TaskState state, Instant due) {
    boolean isDue() {
      return MoveTable.STANDARD.next(state, Move.COME_DUE).isPresent()
          && !due.isAfter(RandomValues.NOW);
    }
  }

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();
  private final List<Row> rows =
      IntStream.range(0, 400)
          .mapToObj(
              id ->
                  new Row(
                      id,
                      random.yes()
                          ? random.oneOf(TaskState.RETRY_WAIT, TaskState.SCHEDULED)
                          : random.oneOf(TaskState.class),
                      random.time()))
          .toList();

  @Test
  void all_tasks_that_are_due_are_released() {
    compare(rows.size());
  }

  @Test
  void the_tasks_that_have_been_due_longest_are_released_first() {
    compare(60);
  }

  private void compare(int atOnce) {
    List<String> expected =
        rows.stream()
            .filter(Row::isDue)
            .sorted(Comparator.comparing(Row::due).thenComparing(Row::id))
            .limit(atOnce)
            .map(Row::id)
            .sorted()
            .map(id -> Long.toString(id))
            .toList();
    List<String> released = RuleTables.in(database, c -> release(c, atOnce));
    assertThat(released).as(random.toString()).containsExactlyElementsOf(expected);
  }

  private List<String> release(Connection connection, int atOnce) throws SQLException {
    RuleTables.tasks(
        connection,
        new RandomRows<>(rows).column("k.state", "smallint", row -> row.state().code()));
    new RandomRows<>(rows)
        .column("d.due", "timestamptz", Row::due)
        .insert(connection, "task_due", Map.of("task", "r.n"));
    NamedSql.on(connection, RuleTables.atNow(ReleaseDue.SQL)).set("limit", atOnce).lock();
    return RuleTables.column(connection, "SELECT task FROM task_ready ORDER BY task");
  }
}
