package io.tasklane.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The units of resources that are free, and when more will be, are in SQL what core decides. */
class ResourceUnitsInSqlTest {
  private static final Instant NOW = RandomValues.NOW;
  private static final int RESOURCES = 60;

  /** A resource with the tasks that need it. */
  private record Row(
      ResourceLimits limits, List<Instant> starts, List<Held> tasks, boolean awaited) {
    ResourceUse use() {
      return new ResourceUse(
          tasks.stream().filter(Held::runs).mapToInt(Held::units).sum(),
          (int) starts.stream().filter(start -> limits.counts(start, NOW)).count());
    }
  }

  private record Held(int units, boolean runs) {}

  /** One row of a side table. */
  private record Side(int resource, int number, Instant time, int units) {}

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();
  private final List<Row> rows = random.rows(RESOURCES, this::row);

  private Row row() {
    boolean refills = random.yes();
    Duration period = refills ? random.limit() : Duration.ZERO;
    return new Row(
        new ResourceLimits(
            refills ? random.below(9) : 5, refills ? 1 + random.below(9) : 0, period),
        refills ? random.rows(random.below(6), () -> started(period)) : List.of(),
        random.rows(random.below(4), () -> new Held(1 + random.below(3), random.yes())),
        random.yes());
  }

  /** Not in the future, often at the end of the period. */
  private Instant started(Duration period) {
    Instant time = random.near(NOW.minus(period));
    return time.isAfter(NOW) ? NOW : time;
  }

  @Test
  void the_free_units_are_those_that_core_counts() {
    assertThat(RuleTables.in(database, this::free))
        .as(random.toString())
        .containsExactlyElementsOf(rows.stream().map(row -> row.limits().free(row.use())).toList());
  }

  @Test
  void the_next_refill_is_when_core_expects_it() {
    List<String> expected =
        rows.stream()
            .map(
                row ->
                    row.awaited()
                        ? row.limits().nextRefill(row.starts(), NOW).map(Instant::toString)
                        : Optional.<String>empty())
            .map(time -> time.orElse(null))
            .toList();
    assertThat(RuleTables.in(database, this::refills))
        .as(random.toString())
        .containsExactlyElementsOf(expected);
  }

  private List<Integer> free(Connection connection) throws SQLException {
    fill(connection);
    String sql = "SELECT " + ResourceReader.COLUMNS + " FROM resource r ORDER BY r.name::int";
    List<Integer> free = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(RuleTables.atNow(sql));
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        free.add(ResourceReader.resource(row).freeUnits());
      }
    }
    return free;
  }

  private List<String> refills(Connection connection) throws SQLException {
    fill(connection);
    Object[] ids = IntStream.range(0, RESOURCES).mapToObj(i -> i + 1).toArray();
    NamedSql.on(connection, RuleTables.atNow(ResourceUnits.MARK))
        .set("resources", "int4", ids)
        .lock();
    return RuleTables.column(
        connection,
        "SELECT " + RandomRows.instant("refill_due") + " FROM resource ORDER BY name::int");
  }

  private void fill(Connection connection) throws SQLException {
    RuleTables.run(connection, "ALTER TABLE resource ALTER id RESTART");
    new RandomRows<>(rows)
        .column("r.capacity", "int", row -> row.limits().capacity())
        .column("r.refill_units", "int", row -> row.limits().refillUnits())
        .column("r.refill_period_ms", "bigint", row -> row.limits().refillPeriod())
        .insert(connection, "resource", Map.of("name", "r.n::text"));
    List<Side> starts = new ArrayList<>();
    List<Side> needs = new ArrayList<>();
    List<Side> leases = new ArrayList<>();
    List<Side> aside = new ArrayList<>();
    for (int i = 0; i < RESOURCES; i++) {
      for (Instant start : rows.get(i).starts()) {
        starts.add(new Side(i + 1, starts.size(), start, 1));
      }
      for (Held task : rows.get(i).tasks()) {
        Side need = new Side(i + 1, needs.size(), NOW, task.units());
        needs.add(need);
        if (task.runs()) {
          leases.add(need);
        }
      }
      if (rows.get(i).awaited()) {
        aside.add(new Side(i + 1, 10_000 + i, NOW, 1));
      }
    }
    new RandomRows<>(starts)
        .column("s.resource", "int", Side::resource)
        .column("s.time", "timestamptz", Side::time)
        .column("s.token", "bigint", Side::number)
        .column("s.units", "int", Side::units)
        .insert(connection, "resource_start", Map.of());
    new RandomRows<>(needs)
        .column("n.task", "bigint", Side::number)
        .column("n.resource", "int", Side::resource)
        .column("n.units", "int", Side::units)
        .insert(connection, "task_resource", Map.of());
    new RandomRows<>(leases)
        .column("l.task", "bigint", Side::number)
        .insert(
            connection,
            "task_lease",
            Map.of("queue", "1", "node", "'n1'", "incarnation", "1", "token", "1"));
    new RandomRows<>(aside)
        .column("a.task", "bigint", Side::number)
        .column("a.resource", "int", Side::resource)
        .insert(connection, "task_aside", Map.of("queue", "1", "rank", "1", "order_key", "0"));
  }
}
