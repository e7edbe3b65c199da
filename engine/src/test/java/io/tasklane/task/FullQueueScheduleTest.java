package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The run of a schedule enters a full queue: nobody would create its task later. */
class FullQueueScheduleTest {
  private final ScheduleBench bench = new ScheduleBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void a_schedule_runs_into_a_full_queue() {
    StoreBench store = bench.store;
    Postgres.run(
        store.database,
        "INSERT INTO queue_depth (queue, maximum) SELECT id, 1 FROM queue;"
            + " UPDATE queue SET intake = 4");
    store.create(store.named("waits", 5));
    assertThat(QueueBench.reason(store.committer.submit(store.creation, List.of(store.task(5)))))
        .isEqualTo("QUEUE_FULL");
    bench.create("s", ScheduleBench.rarely());
    ScheduleBench.done(bench.schedules.trigger("s", Optional.empty(), ScheduleBench.by("ann")));
    assertThat(store.count("task_ready")).isEqualTo(2);
  }
}
