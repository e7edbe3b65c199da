package io.tasklane.queue.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.QueueOwner;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whether an owner may give its queue up, and who owns it then, is in SQL what core decides. */
class HandOversInSqlTest {
  private static final int QUEUES = 60;
  private static final String OWNERS =
      "SELECT concat_ws(' ', node, epoch, bid_node) FROM queue_owner ORDER BY queue";

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();
  private final List<Row> rows = random.rows(QUEUES, this::row);

  private record Row(QueueOwner owner, int ownRuns, int otherRuns) {}

  private record Lease(int queue, String node) {}

  private Row row() {
    return new Row(
        new QueueOwner(Optional.of("n1"), random.below(9), random.maybe(() -> "n2")),
        random.below(2),
        random.below(2));
  }

  @Test
  void it_passes_to_the_bidder_where_core_says_so_and_stays_where_it_does_not() {
    List<String> expected =
        rows.stream()
            .map(row -> text(row.owner().givenUp(row.ownRuns()).orElse(row.owner())))
            .toList();
    List<String> owners =
        RuleTables.in(
            database,
            connection -> {
              fill(connection);
              for (int queue = 0; queue < QUEUES; queue++) {
                NamedSql.on(connection, HandOver.SQL)
                    .set("queue", new QueueKey(queue))
                    .set("node", "n1")
                    .update();
              }
              return RuleTables.column(connection, OWNERS);
            });
    assertThat(owners).as(random.toString()).containsExactlyElementsOf(expected);
  }

  private static String text(QueueOwner owner) {
    return String.join(
        " ",
        IntStream.range(0, 3)
            .mapToObj(
                i -> List.of(owner.node(), Optional.of("" + owner.epoch()), owner.bidder()).get(i))
            .flatMap(Optional::stream)
            .toList());
  }

  private void fill(Connection connection) throws SQLException {
    RuleTables.run(connection, "SET LOCAL session_replication_role = replica");
    new RandomRows<>(rows)
        .column("o.node", "text", row -> row.owner().node())
        .column("o.epoch", "bigint", row -> row.owner().epoch())
        .column("o.bid_node", "text", row -> row.owner().bidder())
        .column("o.bid_incarnation", "bigint", row -> row.owner().bidder().map(node -> 1))
        .insert(
            connection,
            "queue_owner",
            Map.of("queue", "r.n", "state", "1", "concurrency", "1", "incarnation", "1"));
    List<Lease> leases = new ArrayList<>();
    for (int queue = 0; queue < QUEUES; queue++) {
      for (int i = 0; i < rows.get(queue).ownRuns(); i++) {
        leases.add(new Lease(queue, "n1"));
      }
      for (int i = 0; i < rows.get(queue).otherRuns(); i++) {
        leases.add(new Lease(queue, "n0"));
      }
    }
    new RandomRows<>(leases)
        .column("l.queue", "int", Lease::queue)
        .column("l.node", "text", Lease::node)
        .insert(connection, "task_lease", Map.of("task", "r.n", "incarnation", "1", "token", "1"));
  }
}
