package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.forecast.ForecastService;
import io.tasklane.forecast.QueueTrialRequest;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.task.Payload;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node counts what its tasks do, and the next start of it goes on where it was. */
class RollupsOfNodesTest {
  private static final int TASKS = 25;
  @TempDir private Path folder;
  private final Database database = Postgres.empty();

  private long counted() {
    return database.with(
        c ->
            NamedSql.on(
                    c,
                    "SELECT coalesce(sum(x), 0) FROM rollup, unnest(runs) AS x"
                        + " WHERE task_type = '"
                        + EngineBench.TYPE
                        + "'")
                .one(row -> row.getLong(1)));
  }

  private void run(int from) throws Exception {
    try (EngineBench bench =
        new EngineBench(
            database,
            folder,
            task -> Payload.json("{}"),
            EngineBench.queue("Q", QueuePolicy.STANDARD))) {
      for (int i = from; i < from + TASKS; i++) {
        bench.create(EngineBench.request("Q", "t" + i));
      }
      Until.isTrue("all runs are counted", () -> counted() == from + TASKS);
      ForecastService forecasts = bench.engine.services().get(ForecastService.class);
      assertThat(forecasts.emptyTime("Q").missing()).isEmpty();
      assertThat(
              forecasts
                  .trial(
                      "Q",
                      new QueueTrialRequest(
                          OptionalInt.empty(),
                          Optional.empty(),
                          false,
                          1,
                          Duration.ofHours(1),
                          Optional.empty()))
                  .samples())
          .isEqualTo(from + TASKS);
    }
  }

  @Test
  void a_restart_counts_nothing_twice() throws Exception {
    run(0);
    run(TASKS);
    assertThat(counted()).isEqualTo(2 * TASKS);
  }
}
