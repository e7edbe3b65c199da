package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is due is due by the clock of the database, whatever that of a node says. */
class SteppedClockTest {
  private static final Duration REST = Duration.ofSeconds(3); // longer than an idle look
  @TempDir private Path folder;

  /** The machine's clock, set forward or back. */
  private static final class Stepped extends Clock {
    private volatile Duration step = Duration.ZERO;

    @Override
    public Instant instant() {
      return Clock.systemUTC().instant().plus(step);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("tests run in UTC");
    }
  }

  @ParameterizedTest(name = "stepped by {0} h")
  @ValueSource(ints = {1, -1})
  void a_node_whose_clock_is_stepped_by_an_hour_keeps_its_lease_and_its_retries_come_in_time(
      int hours) {
    Stepped clock = new Stepped();
    EngineBench bench =
        new EngineBench(
            Postgres.empty(),
            folder,
            clock,
            run -> {
              clock.step = Duration.ofHours(hours);
              if (run.attempt() == 1) {
                throw FailureException.retryAfter("X", "the first fails", REST);
              }
              return Payload.json("{}");
            },
            EngineBench.queue("Q", QueuePolicy.STANDARD));
    try {
      bench.create(EngineBench.request("Q", "t"));
      Task ended = bench.await("t", TaskState.SUCCEEDED);
      assertThat(ended.attempt()).isEqualTo(2);
      assertThat(ended.lostCount()).isZero();
      assertThat(
              Postgres.number(
                  bench.database,
                  "SELECT extract(epoch FROM k.start_time - a.end_time) * 1000"
                      + " FROM task k JOIN task_attempt a ON a.task = k.id AND a.number = 1"))
          .as("it rests as long as its handler has asked for")
          .isGreaterThanOrEqualTo(REST.toMillis());
      assertThat(Postgres.number(bench.database, "SELECT incarnation FROM node_lease")).isOne();
      assertThat(bench.queue("Q").ownerNode()).contains("n1");
    } finally {
      bench.close();
    }
  }
}
