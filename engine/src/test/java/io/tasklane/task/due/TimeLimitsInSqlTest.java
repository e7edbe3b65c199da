package io.tasklane.task.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.TimeLimit;
import io.tasklane.timeout.WaitLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What SQL decides about the time limits of a task is what core decides. */
class TimeLimitsInSqlTest {
  private static final Instant NOW = RandomValues.NOW;

  private final Database database = Postgres.empty();
  private final RandomValues random = RandomValues.seeded();
  private final List<WaitLimits> rows = random.rows(800, this::row);

  private WaitLimits row() {
    Optional<Instant> start = random.maybe(random::time);
    Optional<Duration> queueTimeout = random.maybe(random::limit);
    return new WaitLimits(
        random.oneOf(TaskState.class),
        random.near(NOW.minus(queueTimeout.orElse(Duration.ZERO))),
        start,
        random.maybe(random::time),
        queueTimeout,
        random.maybe(random::limit),
        start.flatMap(at -> random.maybe(random::time)));
  }

  private void compare(String expression, Function<WaitLimits, ?> core) {
    assertThat(table().differences(database, expression, core)).as(random.toString()).isEmpty();
  }

  /** The columns as the expressions name them, {@code k} for a claim and {@code s} for a check. */
  private RandomRows<WaitLimits> table() {
    RandomRows<WaitLimits> table = new RandomRows<>(rows).column("t.at", "timestamptz", row -> NOW);
    for (String alias : List.of("k.", "s.")) {
      table
          .column(alias + "state", "smallint", row -> row.state().code())
          .column(alias + "state_time", "timestamptz", WaitLimits::stateTime)
          .column(alias + "start_time", "timestamptz", WaitLimits::startTime)
          .column(alias + "expire_time", "timestamptz", WaitLimits::expireTime)
          .column(alias + "total_deadline", "timestamptz", WaitLimits::totalDeadline);
    }
    return table
        .column("k.queue_timeout_ms", "bigint", WaitLimits::queueTimeout)
        .column("k.total_timeout_ms", "bigint", WaitLimits::totalTimeout)
        .column("s.queue_timeout", "interval", WaitLimits::queueTimeout)
        .column("s.total_timeout", "interval", WaitLimits::totalTimeout);
  }

  @Test
  void the_limit_that_is_over_is_the_one_that_core_finds() {
    compare(ExpireStatement.OVER, row -> row.over(NOW).map(TimeLimit::code));
  }

  @Test
  void a_task_is_checked_again_when_core_says() {
    compare(RandomRows.instant(ExpireStatement.NEXT_CHECK), row -> row.nextCheck(NOW));
  }

  @Test
  void a_queued_task_may_start_unless_core_finds_a_limit_that_is_over() {
    compare(
        "CASE WHEN k.state = " + TaskState.QUEUED.code() + " THEN " + TaskMoves.IN_TIME + " END",
        row ->
            row.state() == TaskState.QUEUED
                ? Optional.of(row.over(NOW).isEmpty())
                : Optional.empty());
  }

  @Test
  void the_total_timeout_ends_when_core_says() {
    compare(RandomRows.instant(TaskMoves.TOTAL_DEADLINE), row -> row.totalDeadlineFrom(NOW));
  }
}
