package io.tasklane.task.recover;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.key.FencingToken;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What SQL makes of suspects as time passes is what core makes of them. */
class SuspicionsInSqlTest {
  private static final Instant NOW = RandomValues.NOW;
  private static final int TASKS = 400;
  private static final int QUEUES = 40;
  private static final int NODES = 40;
  private static final FencingToken LOST = new FencingToken(7);
  private static final FencingToken LATER = new FencingToken(8);
  private static final String RESULT =
      """
      SELECT concat_ws(' ', a.id,
          (SELECT 'suspect ' || s.told FROM task_suspect s WHERE s.task = a.id),
          (SELECT 'aside' FROM task_aside b WHERE b.task = a.id AND b.queue = a.queue),
          (SELECT 'ready ' || r.rank || '/' || r.order_key
            FROM task_ready r WHERE r.task = a.id AND r.queue = a.queue))
      FROM all_tasks a ORDER BY a.id""";

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();
  private final List<Optional<Start>> owners =
      random.rows(QUEUES, () -> random.below(8) == 0 ? Optional.empty() : Optional.of(start()));
  private final List<Row> rows = IntStream.range(0, TASKS).mapToObj(this::row).toList();

  private record Start(String node, int incarnation) {}

  private record Lease(FencingToken token, Start start) {}

  private record Aside(Optional<Integer> resource, int rank, int orderKey) {}

  private record Row(
      int task,
      int queue,
      boolean isSuspect,
      boolean keyWaits,
      Optional<Lease> lease,
      Optional<Aside> aside,
      Suspicion suspicion) {}

  private Start start() {
    return new Start("n" + random.below(NODES), 1 + random.below(2));
  }

  private Row row(int task) {
    Optional<Lease> lease =
        random.below(3) == 0
            ? Optional.of(new Lease(random.oneOf(LOST, LATER, LATER, LATER), start()))
            : Optional.empty();
    return new Row(
        task,
        random.below(QUEUES),
        random.below(4) > 0,
        random.below(5) == 0,
        lease,
        random.maybe(
            () ->
                new Aside(
                    random.below(4) == 0 ? Optional.of(1) : Optional.empty(),
                    random.below(2),
                    random.below(100))),
        new Suspicion(
            random.below(10) == 0 ? Optional.empty() : Optional.of(state()),
            LOST,
            lease.map(Lease::token),
            random.below(10) == 0
                ? Optional.empty()
                : Optional.of(random.near(NOW.minus(Suspect.TRIAL))),
            random.near(NOW.minus(Suspect.ALONE)),
            random.yes()));
  }

  private TaskState state() {
    return random.oneOf(
        TaskState.QUEUED,
        TaskState.QUEUED,
        TaskState.RUNNING,
        TaskState.RUNNING,
        TaskState.CANCELLING,
        TaskState.RETRY_WAIT,
        TaskState.SUCCEEDED,
        TaskState.CANCELLED);
  }

  @Test
  void suspects_are_cleared_told_of_and_returned_as_core_decides() {
    Set<Start> busy =
        rows.stream()
            .filter(SuspicionsInSqlTest::isLeft)
            .flatMap(row -> row.lease().map(Lease::start).stream())
            .collect(toSet());
    assertThat(RuleTables.in(database, this::clear))
        .as(random.toString())
        .containsExactlyElementsOf(rows.stream().map(row -> expected(row, busy)).toList());
  }

  private static boolean isLeft(Row row) {
    return row.isSuspect() && !row.suspicion().isOver(NOW);
  }

  private String expected(Row row, Set<Start> busy) {
    boolean isLeft = isLeft(row);
    boolean isTold = row.suspicion().told() || row.suspicion().isToTell(NOW);
    Optional<Start> owner = owners.get(row.queue());
    String place =
        row.aside()
            .map(
                aside ->
                    isLeft
                            && Suspicion.returns(
                                aside.resource().isPresent(),
                                row.keyWaits(),
                                owner.filter(busy::contains).isPresent())
                        ? " ready " + aside.rank() + "/" + aside.orderKey()
                        : " aside")
            .orElse("");
    return row.task() + (isLeft ? " suspect " + isTold : "") + place;
  }

  private List<String> clear(Connection connection) throws SQLException {
    fill(connection);
    for (String step : ClearSuspects.STEPS) {
      assertThat(isDue(connection)).as("before each step there is something left").isTrue();
      NamedSql.on(connection, RuleTables.atNow(step)).update();
    }
    assertThat(isDue(connection)).as("nothing is left to do").isFalse();
    return RuleTables.column(connection, RESULT);
  }

  private static boolean isDue(Connection connection) throws SQLException {
    return NamedSql.on(connection, RuleTables.atNow(ClearSuspects.PROBE))
        .one(row -> row.getBoolean(1));
  }

  private void fill(Connection connection) throws SQLException {
    RuleTables.run(connection, "SET LOCAL session_replication_role = replica");
    RuleTables.run(connection, "CREATE TEMP TABLE all_tasks (id bigint, queue int)");
    tasks(rows).column("k.id", "bigint", Row::task).insert(connection, "all_tasks", Map.of());
    RuleTables.tasks(
        connection,
        tasks(rows.stream().filter(row -> row.suspicion().state().isPresent()).toList())
            .column("k.id", "bigint", Row::task)
            .column("k.state", "smallint", row -> row.suspicion().state().get().code())
            .column("k.key_waits", "boolean", Row::keyWaits)
            .column("k.start_time", "timestamptz", row -> row.suspicion().startTime()));
    tasks(rows.stream().filter(Row::isSuspect).toList())
        .column("s.task", "bigint", Row::task)
        .column("s.alone", "boolean", row -> true)
        .column("s.told", "boolean", row -> row.suspicion().told())
        .column("s.since", "timestamptz", row -> row.suspicion().since())
        .insert(connection, "task_suspect", Map.of("token", LOST.toString()));
    tasks(rows.stream().filter(row -> row.lease().isPresent()).toList())
        .column("l.task", "bigint", Row::task)
        .column("l.token", "bigint", row -> row.lease().get().token())
        .column("l.node", "text", row -> row.lease().get().start().node())
        .column("l.incarnation", "bigint", row -> row.lease().get().start().incarnation())
        .insert(connection, "task_lease", Map.of());
    tasks(rows.stream().filter(row -> row.aside().isPresent()).toList())
        .column("a.task", "bigint", Row::task)
        .column("a.resource", "int", row -> row.aside().get().resource())
        .column("a.rank", "smallint", row -> row.aside().get().rank())
        .column("a.order_key", "bigint", row -> row.aside().get().orderKey())
        .insert(connection, "task_aside", Map.of());
    new RandomRows<>(owners)
        .column("o.node", "text", owner -> owner.map(Start::node))
        .column("o.incarnation", "bigint", owner -> owner.map(Start::incarnation))
        .insert(
            connection, "queue_owner", Map.of("queue", "r.n", "state", "1", "concurrency", "1"));
  }

  private static RandomRows<Row> tasks(List<Row> rows) {
    return new RandomRows<>(rows).column("k.queue", "int", Row::queue);
  }
}
