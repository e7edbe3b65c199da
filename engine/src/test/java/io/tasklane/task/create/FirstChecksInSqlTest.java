package io.tasklane.task.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.rules.RandomRows;
import io.tasklane.rules.RandomValues;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.TimeLimit;
import io.tasklane.timeout.Timeouts;
import io.tasklane.timeout.WaitLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The time limits of a new task are checked first when core says, and that is soon enough. */
class FirstChecksInSqlTest {
  private final RandomValues random = RandomValues.seeded();
  private final List<Row> rows = random.rows(300, this::row);

  private record Row(Instant createTime, Timeouts limits) {
    Optional<Instant> firstCheck() {
      return limits.firstCheck(createTime);
    }

    /** Of a task that is in this state from its creation on, and starts as soon as it can. */
    Optional<TimeLimit> overBefore(TaskState state, Instant time) {
      return new WaitLimits(
              state,
              createTime,
              Optional.empty(),
              Optional.empty(),
              limits.queue(),
              limits.total(),
              limits.total().map(createTime::plus))
          .over(time.minus(Duration.ofNanos(1000)));
    }
  }

  private Row row() {
    return new Row(
        random.time(),
        new Timeouts(
            Duration.ofHours(1),
            random.maybe(random::limit),
            random.maybe(random::limit),
            Timeouts.DEFAULT_CANCEL_GRACE));
  }

  @Test
  void the_first_check_is_when_core_says() {
    assertThat(
            new RandomRows<>(rows)
                .column("k.create_time", "timestamptz", Row::createTime)
                .column("k.queue_timeout_ms", "bigint", row -> row.limits().queue())
                .column("k.total_timeout_ms", "bigint", row -> row.limits().total())
                .differences(
                    Postgres.empty(),
                    RandomRows.instant("(" + TimeoutRows.FIRST_CHECK + ")"),
                    Row::firstCheck))
        .as(random.toString())
        .isEmpty();
  }

  @Test
  void no_limit_is_over_before_the_first_check() {
    for (Row row : rows) {
      for (TaskState state : List.of(TaskState.QUEUED, TaskState.BLOCKED, TaskState.SCHEDULED)) {
        assertThat(row.firstCheck().flatMap(time -> row.overBefore(state, time)))
            .as(random + " " + row)
            .isEmpty();
      }
    }
  }
}
