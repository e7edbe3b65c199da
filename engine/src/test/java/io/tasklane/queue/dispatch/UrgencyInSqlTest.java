package io.tasklane.queue.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueState;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.rules.RuleTables;
import io.tasklane.task.Preemption;
import io.tasklane.task.RunRules;
import io.tasklane.task.claim.ReadyTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The tasks that may preempt runs are the first that core would start, with its free slots. */
class UrgencyInSqlTest {
  private static final int MOST = 50;

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();
  private final List<ReadyTask> ready =
      IntStream.range(0, MOST + 20)
          .mapToObj(
              id ->
                  new ReadyTask(
                      new TaskKey(id), random.below(4) == 0, random.below(9), true, RunRules.NONE))
          .toList();

  @Test
  void the_first_that_wait_are_seen_in_the_order_in_which_they_start() {
    for (QueueState state : QueueState.values()) {
      int concurrency = 1 + random.below(5);
      int running = random.below(8);
      List<Preemption.Waiting> expected =
          ready.stream()
              .sorted()
              .limit(state == QueueState.PAUSED ? 0 : MOST)
              .map(task -> new Preemption.Waiting(name(task), priority(task), task.orderKey()))
              .toList();
      Urgency urgency =
          RuleTables.in(
              database,
              connection -> {
                fill(connection, state, concurrency, running);
                return Urgency.of(connection, "Q", List.of());
              });
      assertThat(urgency.waiting()).as(random + " " + state).isEqualTo(expected);
      assertThat(urgency.freeSlots())
          .as(random.toString())
          .isEqualTo(QueuePolicy.freeSlots(concurrency, running));
    }
  }

  private static String name(ReadyTask task) {
    return "tasks/t" + task.id();
  }

  private static int priority(ReadyTask task) {
    return 1 + (int) (task.id().value() % 10);
  }

  private void fill(Connection connection, QueueState state, int concurrency, int running)
      throws SQLException {
    RuleTables.run(
        connection,
        """
        INSERT INTO queue (id, name, maximum_attempts, initial_backoff_ms, backoff_multiplier,
            maximum_backoff_ms, jitter, attempt_timeout_ms, result_ttl_ms)
        OVERRIDING SYSTEM VALUE VALUES (1, 'Q', 1, 1, 1, 1, 0, 1, 1)""");
    RuleTables.run(
        connection,
        "INSERT INTO queue_owner (queue, state, concurrency) VALUES (1, %d, %d)"
            .formatted(state.code(), concurrency));
    RuleTables.run(
        connection,
        "INSERT INTO task_lease SELECT 1, -n, 'n1', 1, n FROM generate_series(1, %d) n"
            .formatted(running));
    RuleTables.tasks(
        connection,
        new RandomRows<>(ready)
            .column("k.order_key", "bigint", ReadyTask::orderKey)
            .column("k.priority", "smallint", UrgencyInSqlTest::priority));
    new RandomRows<>(ready)
        .column("r.rank", "smallint", task -> task.interrupted() ? 0 : 1)
        .column("r.order_key", "bigint", ReadyTask::orderKey)
        .insert(connection, "task_ready", Map.of("queue", "1", "task", "r.n"));
  }
}
