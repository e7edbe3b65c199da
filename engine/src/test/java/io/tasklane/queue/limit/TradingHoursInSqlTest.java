package io.tasklane.queue.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import io.tasklane.schedule.calendar.Trading;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether a queue's known session has the present is in SQL what core decides. */
class TradingHoursInSqlTest {
  private static final int QUEUES = 400;

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();

  private record Known(int queue, Instant from, Instant until) {
    boolean isOpen() {
      return from != null && new Trading.Open(from, until).contains(RandomValues.NOW);
    }
  }

  private Known known(int queue) {
    if (random.below(8) == 0) {
      return new Known(queue, null, null);
    }
    Instant from = random.near(RandomValues.NOW);
    Instant until = random.near(RandomValues.NOW);
    return until.isAfter(from)
        ? new Known(queue, from, until)
        : new Known(queue, until, from.plusNanos(1000));
  }

  @Test
  void a_session_is_open_when_core_says_so() {
    List<Known> queues = new ArrayList<>();
    for (int i = 1; i <= QUEUES; i++) {
      queues.add(known(i));
    }
    List<String> sql = RuleTables.in(database, connection -> open(connection, queues));
    assertThat(sql)
        .as(random.toString())
        .containsExactlyElementsOf(
            queues.stream().map(queue -> queue.isOpen() ? "t" : "f").toList());
    assertThat(sql).as("some are closed, some open").contains("t", "f");
  }

  private static List<String> open(Connection connection, List<Known> queues) throws SQLException {
    RuleTables.run(
        connection, "ALTER TABLE queue_calendar DROP CONSTRAINT queue_calendar_queue_fkey");
    new RandomRows<>(queues)
        .column("c.queue", "int", Known::queue)
        .column("c.calendar", "text", row -> "XNYS")
        .column("c.open_from", "timestamptz", Known::from)
        .column("c.open_until", "timestamptz", Known::until)
        .insert(connection, "queue_calendar", Map.of());
    return RuleTables.column(
        connection,
        "SELECT %s FROM queue_calendar c ORDER BY c.queue"
            .formatted(
                TradingHours.OPEN.replace(
                    "clock_timestamp()", RandomRows.literal(RandomValues.NOW))));
  }
}
