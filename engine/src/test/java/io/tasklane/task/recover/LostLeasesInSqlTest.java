package io.tasklane.task.recover;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What SQL makes of tasks whose node died is what core makes of them. */
class LostLeasesInSqlTest {
  private static final String RESULT =
      """
      SELECT concat_ws(' ', k.state, k.attempt, k.lost_count, k.failure_code,
          k.end_time = %1$s, k.failure_time = %1$s,
          (SELECT 'rank ' || r.rank FROM task_ready r WHERE r.task = k.id),
          (SELECT 'move ' || e.move FROM task_event e WHERE e.task = k.id),
          (SELECT 'dead letter' FROM dead_letter d WHERE d.task = k.id),
          (SELECT 'lease' FROM task_lease l WHERE l.task = k.id))
      FROM task k ORDER BY k.id"""
          .formatted(RandomRows.literal(RandomValues.NOW));

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();
  private final List<Row> rows = random.rows(400, this::row);

  private record Row(
      TaskState state, int attempt, int lostBefore, String node, long incarnation, boolean stale) {
    boolean isLost() {
      return !node.equals("n1") || incarnation != 2;
    }
  }

  private Row row() {
    return new Row(
        random.oneOf(TaskState.RUNNING, TaskState.CANCELLING),
        1 + random.below(4),
        random.below(5),
        random.oneOf("n1", "n2"),
        1 + random.below(3),
        random.below(5) == 0);
  }

  @Test
  void the_leases_of_a_dead_node_are_lost_as_core_decides() {
    assertThat(RuleTables.in(database, this::lose))
        .as(random.toString())
        .containsExactlyElementsOf(rows.stream().map(LostLeasesInSqlTest::expected).toList());
  }

  private List<String> lose(Connection connection) throws SQLException {
    RuleTables.tasks(
        connection,
        new RandomRows<>(rows)
            .column("k.state", "smallint", row -> row.state().code())
            .column("k.attempt", "smallint", Row::attempt)
            .column("k.lost_count", "smallint", Row::lostBefore)
            .column("k.fencing_token", "bigint", row -> row.stale() ? 8 : 7)
            .column("k.start_time", "timestamptz", row -> RandomValues.NOW));
    new RandomRows<>(rows)
        .column("l.node", "text", Row::node)
        .column("l.incarnation", "bigint", Row::incarnation)
        .insert(connection, "task_lease", Map.of("queue", "1", "task", "r.n", "token", "7"));
    try (PreparedStatement statement =
        connection.prepareStatement(RuleTables.atNow(LoseLeases.SQL))) {
      statement.setInt(1, 1);
      statement.setString(2, "n1");
      statement.setLong(3, 2);
      statement.execute();
    }
    return RuleTables.column(connection, RESULT);
  }

  private static String expected(Row row) {
    if (!row.isLost() || row.stale()) {
      String unchanged = row.state().code() + " " + row.attempt() + " " + row.lostBefore();
      return unchanged + (row.isLost() ? "" : " lease");
    }
    LostLease lost = LostLease.of(row.state(), row.attempt(), row.lostBefore());
    boolean failed = lost.to() == TaskState.FAILED;
    return lost.to().code()
        + " "
        + lost.attempt()
        + " "
        + (row.lostBefore() + 1)
        + (failed ? " LEASE_LOST" : "")
        + (lost.to().isFinal() ? " t" : "")
        + (failed ? " t" : "")
        + (lost.move() == Move.LOSE_LEASE ? " rank 0" : "")
        + " move "
        + lost.move().code()
        + (failed ? " dead letter" : "");
  }
}
