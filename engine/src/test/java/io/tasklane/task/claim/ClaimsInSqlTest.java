package io.tasklane.task.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.OwnerRow;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.ClaimRight;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueState;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import io.tasklane.task.RunRules;
import io.tasklane.task.claim.ClaimManyStatement.Wanted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who may claim, and which tasks a claim takes, is in SQL what core decides. */
class ClaimsInSqlTest {
  private static final ClaimSql PIECES = new ClaimSql(new ClaimConditions(List.of()));
  private static final int QUEUES = 60;
  private static final int MOST_LEASES = 4;

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();

  private record Ask(boolean claims, Ownership mine, OwnerRow held) {}

  private Ask ask() {
    return new Ask(
        random.below(4) > 0,
        new Ownership(new QueueKey(1), random.oneOf("n1", "n2"), random.below(2), random.below(2)),
        new OwnerRow(
            new QueueKey(1),
            random.oneOf(QueueState.class),
            1,
            random.below(4) > 0 ? Optional.of(random.oneOf("n1", "n2")) : Optional.empty(),
            random.below(2),
            random.below(2),
            random.below(4) == 0 ? Optional.of("n3") : Optional.empty()));
  }

  @Test
  void an_owner_may_claim_where_core_says_so() {
    assertThat(
            new RandomRows<>(random.rows(800, this::ask))
                .column("ask.claim", "boolean", Ask::claims)
                .column("ask.node", "text", ask -> ask.mine().node())
                .column("ask.incarnation", "bigint", ask -> ask.mine().incarnation())
                .column("ask.epoch", "bigint", ask -> ask.mine().epoch())
                .column("held.node", "text", ask -> ask.held().node())
                .column("held.incarnation", "bigint", ask -> ask.held().incarnation())
                .column("held.epoch", "bigint", ask -> ask.held().epoch())
                .column("held.bid_node", "text", ask -> ask.held().bidNode())
                .column("held.state", "smallint", ask -> ask.held().state().code())
                .differences(
                    database,
                    "coalesce(" + PIECES.complete(ClaimSql.MAY_CLAIM) + ", false)",
                    ask -> ask.claims() && ask.held().allows(ask.mine()) == ClaimRight.GRANTED))
        .as(random.toString())
        .isEmpty();
  }

  private record Ready(int queue, Optional<Instant> expires, ReadyTask task) {}

  private Ready ready(int id) {
    Optional<Instant> expires =
        random.below(6) == 0 ? Optional.of(random.time()) : Optional.empty();
    boolean ruled = random.below(5) == 0;
    RunRules rules =
        new RunRules(
            ruled ? random.maybe(() -> "key") : Optional.empty(),
            ruled && random.yes() ? Map.of("r", 1) : Map.of(),
            ruled && random.yes());
    return new Ready(
        1 + random.below(QUEUES),
        expires,
        new ReadyTask(
            new TaskKey(id),
            random.below(8) == 0,
            random.below(3),
            expires.filter(end -> !end.isAfter(RandomValues.NOW)).isEmpty(),
            rules));
  }

  private Wanted wanted(int queue) {
    return new Wanted(new QueueKey(queue), random.below(6), 1 + random.below(8), random.yes());
  }

  @Test
  void a_claim_takes_the_tasks_that_core_chooses_in_its_order() {
    List<Ready> ready = IntStream.range(0, 400).mapToObj(this::ready).toList();
    List<Wanted> wanted = IntStream.rangeClosed(1, QUEUES).mapToObj(this::wanted).toList();
    List<Integer> leases = random.rows(QUEUES, () -> random.below(MOST_LEASES + 1));
    List<String> expected =
        wanted.stream()
            .flatMap(
                w ->
                    ReadyTask.claimed(
                        ready.stream()
                            .filter(task -> task.queue() == w.queue().value())
                            .map(Ready::task)
                            .toList(),
                        w.tasks(),
                        QueuePolicy.freeSlots(w.places(), leases.get(w.queue().value() - 1)),
                        w.ahead())
                        .stream())
            .map(task -> Long.toString(task.id().value()))
            .toList();
    List<String> claimed =
        RuleTables.in(database, connection -> claim(connection, ready, wanted, leases));
    assertThat(claimed).as(random.toString()).containsExactlyElementsOf(expected);
  }

  private static List<String> claim(
      Connection connection, List<Ready> ready, List<Wanted> wanted, List<Integer> leases)
      throws SQLException {
    RuleTables.tasks(
        connection,
        new RandomRows<>(ready)
            .column("k.queue", "int", Ready::queue)
            .column("k.expire_time", "timestamptz", Ready::expires)
            .column("k.order_key", "bigint", row -> row.task().orderKey())
            .column("k.ordering_key", "text", row -> row.task().rules().orderingKey())
            .column("k.resource_units", "jsonb", ClaimsInSqlTest::units)
            .column("k.preemptible", "boolean", row -> row.task().rules().preemptible()));
    new RandomRows<>(ready)
        .column("r.queue", "int", Ready::queue)
        .column("r.rank", "smallint", row -> row.task().interrupted() ? 0 : 1)
        .column("r.order_key", "bigint", row -> row.task().orderKey())
        .insert(connection, "task_ready", Map.of("task", "r.n"));
    for (int i = 0; i < QUEUES; i++) {
      RuleTables.run(
          connection,
          "INSERT INTO task_lease SELECT %d, -n, 'n1', 1, -n FROM generate_series(1, %d) n"
              .formatted(i + 1, leases.get(i)));
    }
    NamedSql sql = NamedSql.of(RuleTables.atNow(new ClaimManyStatement(PIECES).text()));
    try (PreparedStatement statement = sql.prepare(connection)) {
      ClaimManyStatement.bind(
          sql.of(statement), new Ownership(new QueueKey(1), "n1", 1, 1), wanted);
      statement.execute();
    }
    return RuleTables.column(
        connection, "SELECT task FROM task_lease WHERE token > 0 ORDER BY queue, token");
  }

  private static Optional<String> units(Ready row) {
    return row.task().rules().resourceUnits().isEmpty()
        ? Optional.empty()
        : Optional.of("{\"r\": 1}");
  }
}
