package io.tasklane.task.recover;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What SQL makes of tasks whose node died is what core makes of them. */
class LostLeasesInSqlTest {
  private static final int NODES = 150;
  private static final String RESULT =
      """
      SELECT concat_ws(' ', k.state, k.attempt, k.lost_count, k.lost_alone_count, k.failure_code,
          k.end_time = %1$s, k.failure_time = %1$s,
          (SELECT 'rank ' || r.rank FROM task_ready r WHERE r.task = k.id),
          (SELECT 'move ' || e.move FROM task_event e WHERE e.task = k.id),
          (SELECT 'run ' || coalesce(a.failure_code, '-') FROM task_attempt a WHERE a.task = k.id),
          (SELECT 'dead letter' FROM dead_letter d WHERE d.task = k.id),
          (SELECT 'suspect' FROM task_suspect s WHERE s.task = k.id),
          (SELECT 'lease' FROM task_lease l WHERE l.task = k.id))
      FROM task k ORDER BY k.id"""
          .formatted(RandomRows.literal(RandomValues.NOW));

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();
  private final List<Optional<Integer>> stopping =
      random.rows(NODES, () -> random.maybe(() -> 1 + random.below(2)));
  private final List<Row> rows = random.rows(300, this::row);
  private final Map<String, Long> runs = rows.stream().collect(groupingBy(Row::start, counting()));

  /** A run; all nodes are dead but the first, whose second start takes the first queue. */
  private record Row(
      TaskState state,
      int attempt,
      int lostBefore,
      int aloneBefore,
      int node,
      int incarnation,
      int queue,
      boolean stale) {
    boolean isDead() {
      return node != 0 || incarnation != 2;
    }

    String start() {
      return node + "/" + incarnation;
    }
  }

  private Row row() {
    int lost = random.below(5);
    return new Row(
        random.oneOf(TaskState.RUNNING, TaskState.RUNNING, TaskState.CANCELLING),
        1 + random.below(4),
        lost,
        random.below(lost + 1),
        random.below(10) == 0 ? 0 : random.below(NODES),
        1 + random.below(2),
        random.below(5) == 0 ? 2 : 1,
        random.below(5) == 0);
  }

  private Loss loss(Row row) {
    return Loss.of(
        stopping.get(row.node()).filter(start -> start == row.incarnation()).isPresent(),
        runs.get(row.start()).intValue());
  }

  @Test
  void the_leases_of_a_dead_node_are_lost_as_core_decides() {
    assertThat(RuleTables.in(database, this::lose))
        .as(random.toString())
        .containsExactlyElementsOf(rows.stream().map(this::expected).toList());
  }

  private List<String> lose(Connection connection) throws SQLException {
    RuleTables.tasks(
        connection,
        new RandomRows<>(rows)
            .column("k.queue", "int", Row::queue)
            .column("k.state", "smallint", row -> row.state().code())
            .column("k.attempt", "smallint", Row::attempt)
            .column("k.lost_count", "smallint", Row::lostBefore)
            .column("k.lost_alone_count", "smallint", Row::aloneBefore)
            .column("k.fencing_token", "bigint", row -> row.stale() ? 8 : 7)
            .column("k.start_time", "timestamptz", row -> RandomValues.NOW));
    new RandomRows<>(rows)
        .column("l.queue", "int", Row::queue)
        .column("l.node", "text", row -> "n" + row.node())
        .column("l.incarnation", "bigint", Row::incarnation)
        .insert(connection, "task_lease", Map.of("task", "r.n", "token", "7"));
    for (int node = 0; node < NODES; node++) {
      RuleTables.run(
          connection,
          "INSERT INTO node_lease VALUES ('n%d', 2, 1, %b, 'h', 'f', now(), now(), '', %s)"
              .formatted(
                  node, node > 0, stopping.get(node).map(start -> "" + start).orElse("NULL")));
    }
    NamedSql.on(connection, LoseLeases.SUSPECT).update();
    NamedSql.on(connection, RuleTables.atNow(LoseLeases.SQL))
        .set("queue", 1)
        .set("node", "n0")
        .set("incarnation", 2)
        .lock();
    return RuleTables.column(connection, RESULT);
  }

  private String expected(Row row) {
    boolean suspect = row.isDead() && loss(row) != Loss.PLANNED;
    boolean leased = !row.isDead() || row.queue() == 2;
    if (leased || row.stale()) {
      return row.state().code()
          + " "
          + row.attempt()
          + " "
          + row.lostBefore()
          + " "
          + row.aloneBefore()
          + (suspect ? " suspect" : "")
          + (leased ? " lease" : "");
    }
    LostLease lost =
        LostLease.of(row.state(), row.attempt(), row.lostBefore(), row.aloneBefore(), loss(row));
    boolean failed = lost.to() == TaskState.FAILED;
    return lost.to().code()
        + " "
        + lost.attempt()
        + " "
        + lost.lostCount()
        + " "
        + lost.lostAloneCount()
        + (failed ? " LEASE_LOST" : "")
        + (lost.to().isFinal() ? " t" : "")
        + (failed ? " t" : "")
        + (lost.to() == TaskState.QUEUED ? " rank 0" : "")
        + " move "
        + lost.move().code()
        + (lost.move() == Move.HAND_BACK || loss(row) == Loss.PLANNED
            ? " run -"
            : " run LEASE_LOST")
        + (failed ? " dead letter" : "")
        + (suspect && !lost.to().isFinal() ? " suspect" : "");
  }
}
