package io.tasklane.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.database.Postgres;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import io.tasklane.task.Payload;
import io.tasklane.task.TaskResult;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a clean-up removes, and when it is due, is in SQL what core decides. */
class RetentionInSqlTest {
  private static final Instant NOW = RandomValues.NOW;
  private static final int DEPENDENTS = 1000;

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();
  private final Retention retention = new Retention(random.limit(), random.limit());
  private final List<Row> rows = random.rows(400, this::row);

  /** A task, with the state of another one that needs it. */
  private record Row(
      TaskState state,
      Optional<Instant> end,
      Optional<Instant> deadLetter,
      TaskResult result,
      Optional<TaskState> dependent) {
    boolean isNeeded() {
      return dependent.filter(state -> !state.isFinal()).isPresent();
    }
  }

  private Row row() {
    TaskState state = random.below(4) == 0 ? random.oneOf(TaskState.class) : TaskState.FAILED;
    Optional<Payload> result = random.maybe(() -> Payload.json("{}"));
    return new Row(
        state,
        state.isFinal() ? Optional.of(around(retention.tasks())) : Optional.empty(),
        state == TaskState.FAILED
            ? random.maybe(() -> around(retention.deadLetters()))
            : Optional.empty(),
        new TaskResult(result, false, result.map(r -> random.time())),
        random.below(4) == 0 ? Optional.of(random.oneOf(TaskState.class)) : Optional.empty());
  }

  private Instant around(Duration age) {
    return random.near(NOW.minus(age));
  }

  @Test
  void the_tasks_that_are_removed_are_those_that_core_finds() {
    List<String> expected =
        indexesOf(
            row ->
                retention.removes(row.state(), row.end(), row.deadLetter(), row.isNeeded(), NOW));
    assertThat(RuleTables.in(database, this::removed))
        .as(random + " " + retention)
        .containsExactlyElementsOf(expected);
  }

  @Test
  void the_results_that_are_removed_are_those_that_core_finds() {
    List<String> expected =
        indexesOf(row -> Retention.removesResult(row.result(), row.isNeeded(), NOW));
    List<String> removed =
        RuleTables.in(
            database,
            connection -> {
              fill(connection);
              return RuleTables.column(
                  connection,
                  "SELECT k.id FROM task k, (SELECT "
                      + RandomRows.literal(NOW)
                      + " AS at) t WHERE k.id < 1000 AND "
                      + ExpiredResults.EXPIRED
                      + " ORDER BY k.id");
            });
    assertThat(removed).as(random.toString()).containsExactlyElementsOf(expected);
  }

  private List<String> indexesOf(Predicate<Row> removed) {
    return IntStream.range(0, rows.size())
        .filter(i -> removed.test(rows.get(i)))
        .mapToObj(Integer::toString)
        .toList();
  }

  private List<String> removed(Connection connection) throws SQLException {
    fill(connection);
    List<String> before = ids(connection);
    String lock = RuleTables.atNow(EndedTasks.LOCK);
    String remove = RuleTables.atNow(EndedTasks.LOOKED + EndedTasks.REMOVE);
    LockedTasks locked = looked(connection, lock).one(LockedTasks::read);
    looked(connection, remove).set("ids", "int8", locked.ids()).lock();
    List<String> after = ids(connection);
    return before.stream().filter(id -> !after.contains(id)).toList();
  }

  private Parameters looked(Connection connection, String sql) throws SQLException {
    return NamedSql.on(connection, sql)
        .set("tasks_age", retention.tasks().toMillis())
        .set("letters_age", retention.deadLetters().toMillis())
        .set("position", -1L);
  }

  private static List<String> ids(Connection connection) throws SQLException {
    return RuleTables.column(connection, "SELECT id FROM task WHERE id < 1000 ORDER BY id");
  }

  private void fill(Connection connection) throws SQLException {
    RuleTables.tasks(
        connection,
        new RandomRows<>(rows)
            .column("k.state", "smallint", row -> row.state().code())
            .column("k.end_time", "timestamptz", Row::end)
            .column("k.needed", "boolean", row -> row.dependent().isPresent())
            .column("k.result", "bytea", row -> row.result().payload().map(r -> "{}"))
            .column("k.result_expire_time", "timestamptz", row -> row.result().expireTime()));
    RuleTables.tasks(
        connection,
        DEPENDENTS,
        new RandomRows<>(rows)
            .column(
                "k.state", "smallint", row -> row.dependent().orElse(TaskState.SUCCEEDED).code())
            .column("k.end_time", "timestamptz", row -> NOW));
    RuleTables.run(
        connection,
        "INSERT INTO task_need SELECT id, id + 1000, 1 FROM task WHERE id < 1000 AND needed");
    new RandomRows<>(rows)
        .column("d.create_time", "timestamptz", row -> row.deadLetter().orElse(Instant.EPOCH))
        .insert(
            connection,
            "dead_letter",
            Map.of(
                "task",
                "r.n",
                "queue",
                "1",
                "failure_code",
                "'C'",
                "task_type",
                "''",
                "fingerprint",
                "''"));
    RuleTables.run(connection, "DELETE FROM dead_letter WHERE create_time = timestamptz 'epoch'");
  }

  private record Hour(int hour, Instant now, Instant lastRun) {}

  private Hour hour(int hour) {
    Instant now = random.near(Instant.parse("2026-03-08T00:00:00Z").plus(Duration.ofHours(hour)));
    return new Hour(hour, now, random.near(Retention.lastDue(hour, now)));
  }

  @Test
  void the_daily_clean_up_is_due_when_core_says() {
    List<Hour> hours = IntStream.range(0, 240).mapToObj(i -> hour(i % 24)).toList();
    List<Boolean> expected =
        hours.stream()
            .map(hour -> hour.lastRun().isBefore(Retention.lastDue(hour.hour(), hour.now())))
            .toList();
    List<Boolean> due = RuleTables.in(database, connection -> due(connection, hours));
    assertThat(due).as(random.toString()).isEqualTo(expected);
  }

  private static List<Boolean> due(Connection connection, List<Hour> hours) throws SQLException {
    List<Boolean> due = new ArrayList<>();
    RuleTables.run(connection, "INSERT INTO cleanup_run (node) VALUES ('n1')");
    for (Hour hour : hours) {
      String time = RandomRows.literal(hour.lastRun());
      RuleTables.run(
          connection, "UPDATE cleanup_run SET start_time = " + time + ", end_time = " + time);
      String hourly =
          CleanUpSession.DUE
              .replace("clock_timestamp()", RandomRows.literal(hour.now()))
              .replace(":hour", Integer.toString(hour.hour()));
      due.add(RuleTables.column(connection, hourly).contains("t"));
    }
    return due;
  }
}
