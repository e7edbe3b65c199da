package io.tasklane.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which tasks return to their queues when units are free is in SQL what core decides. */
class ReturnedTasksInSqlTest {
  private static final int RESOURCES = 20;
  private static final int TASKS = 300;

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();
  private final List<Integer> free = random.rows(RESOURCES, () -> random.below(7) - 1);
  private final List<Row> rows = IntStream.range(0, TASKS).mapToObj(this::row).toList();

  private record Row(int resource, WaitingTask task) {}

  private Row row(int key) {
    return new Row(
        random.below(RESOURCES),
        new WaitingTask(
            new QueueKey(1 + random.below(3)),
            new TaskKey(key),
            random.below(2),
            random.below(5),
            1 + random.below(4)));
  }

  @Test
  void the_tasks_that_return_are_those_that_core_chooses() {
    List<String> expected =
        IntStream.range(0, RESOURCES)
            .boxed()
            .flatMap(
                resource ->
                    WaitingTask.returned(of(resource), free.get(resource), ResourceUnits.MOST_BACK)
                        .stream())
            .map(task -> task.queue() + " " + task.task())
            .toList();
    List<String> ready =
        RuleTables.in(
            database,
            connection -> {
              fill(connection);
              giveBack(connection);
              return RuleTables.column(connection, "SELECT queue || ' ' || task FROM task_ready");
            });
    assertThat(ready).as(random.toString()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private List<WaitingTask> of(int resource) {
    return rows.stream().filter(row -> row.resource() == resource).map(Row::task).toList();
  }

  private void giveBack(Connection connection) throws SQLException {
    NamedSql.on(connection, ResourceUnits.BACK)
        .rows(IntStream.range(0, RESOURCES).boxed().toList())
        .add("resources", "int4", resource -> resource)
        .add("free", "int4", free::get)
        .list(row -> row.getLong("task"));
  }

  private void fill(Connection connection) throws SQLException {
    RuleTables.run(connection, "SET LOCAL session_replication_role = replica");
    RuleTables.tasks(
        connection, new RandomRows<>(rows).column("k.queue", "int", row -> row.task().queue()));
    new RandomRows<>(rows)
        .column("n.task", "bigint", row -> row.task().task())
        .column("n.resource", "int", Row::resource)
        .column("n.units", "int", row -> row.task().units())
        .insert(connection, "task_resource", Map.of());
    new RandomRows<>(rows)
        .column("a.queue", "int", row -> row.task().queue())
        .column("a.task", "bigint", row -> row.task().task())
        .column("a.rank", "smallint", row -> row.task().rank())
        .column("a.order_key", "bigint", row -> row.task().orderKey())
        .column("a.resource", "int", Row::resource)
        .insert(connection, "task_aside", Map.of());
  }
}
