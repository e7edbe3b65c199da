package io.tasklane.queue.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.queue.RateLimit;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a queue may start the next task is in SQL what core decides. */
class RateLimitsInSqlTest {
  private static final int QUEUES = 400;

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();

  private record Start(int queue, int number, Instant time) {}

  private record Limited(int queue, RateLimit limit, List<Start> starts) {
    String opens() {
      return limit
          .opens(starts.stream().map(Start::time).toList(), RandomValues.NOW)
          .map(Instant::toString)
          .orElse(null);
    }
  }

  private Limited limited(int queue) {
    Duration period = random.limit();
    List<Start> starts = new ArrayList<>();
    int first = 1 + random.below(5); // older ones were removed
    for (int i = random.below(5); i > 0; i--) {
      Instant near = random.near(RandomValues.NOW.minus(random.yes() ? period : Duration.ZERO));
      starts.add(new Start(queue, first + starts.size(), near));
    }
    return new Limited(queue, new RateLimit(1 + random.below(4), period), starts);
  }

  @Test
  void the_next_start_is_allowed_when_core_says_so() {
    List<Limited> queues = new ArrayList<>();
    for (int i = 1; i <= QUEUES; i++) {
      queues.add(limited(i));
    }
    List<String> sql = RuleTables.in(database, connection -> opens(connection, queues));
    assertThat(sql)
        .as(random.toString())
        .containsExactlyElementsOf(queues.stream().map(Limited::opens).toList());
    assertThat(sql)
        .as("some are closed, some open")
        .contains((String) null)
        .anyMatch(t -> t != null);
  }

  private static List<String> opens(Connection connection, List<Limited> queues)
      throws SQLException {
    RuleTables.run(connection, "ALTER TABLE queue_rate DROP CONSTRAINT queue_rate_queue_fkey");
    new RandomRows<>(queues)
        .column("r.queue", "int", Limited::queue)
        .column("r.permits", "int", row -> row.limit().permits())
        .column("r.period_ms", "bigint", row -> row.limit().period().toMillis())
        .insert(connection, "queue_rate", Map.of());
    new RandomRows<>(queues.stream().flatMap(queue -> queue.starts().stream()).toList())
        .column("s.queue", "int", Start::queue)
        .column("s.number", "bigint", Start::number)
        .column("s.time", "timestamptz", Start::time)
        .insert(connection, "queue_start", Map.of());
    return RuleTables.column(
        connection,
        "SELECT CASE WHEN o.opens > %s THEN %s END FROM (SELECT r.queue, %s AS opens FROM queue_rate r) o ORDER BY o.queue"
            .formatted(
                RandomRows.literal(RandomValues.NOW),
                RandomRows.instant("o.opens"),
                RateLimits.OPENS));
  }
}
