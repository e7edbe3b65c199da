package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.app.Refusal;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.store.Postgres;
import io.tasklane.task.Payload;
import io.tasklane.task.TaskState;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator has said about a queue holds over restarts. */
class RestartTest {
  private static final QueueSettings QUEUE = EngineBench.queue("Q", QueuePolicy.STANDARD);
  @TempDir private Path folder;

  private EngineBench next(EngineBench before) {
    before.close();
    return new EngineBench(before.database, folder, run -> Payload.json("{}"), QUEUE);
  }

  @Test
  void pause_resume_and_drain_survive_restarts() {
    EngineBench bench = new EngineBench(folder, run -> Payload.json("{}"), QUEUE);
    bench.set("Q", QueueState.PAUSED);
    bench.create(EngineBench.request("Q", "held"));

    bench = next(bench);
    assertThat(bench.queue("Q").state()).isEqualTo(QueueState.PAUSED);
    assertThat(bench.queue("Q").pauseActor().orElseThrow().principal()).isEqualTo("tester");
    bench.engine.tick();
    assertThat(bench.read("held").state()).isEqualTo(TaskState.QUEUED);
    bench.set("Q", QueueState.ACTIVE);
    bench.await("held", TaskState.SUCCEEDED);

    bench = next(bench);
    assertThat(bench.queue("Q").state()).isEqualTo(QueueState.ACTIVE);
    bench.create(EngineBench.request("Q", "free"));
    bench.await("free", TaskState.SUCCEEDED);
    bench.set("Q", QueueState.PAUSED);
    bench.create(EngineBench.request("Q", "left"));
    bench.set("Q", QueueState.DRAINING);

    bench = next(bench);
    assertThat(bench.queue("Q").state()).isEqualTo(QueueState.DRAINING);
    EngineBench draining = bench;
    assertThatThrownBy(() -> draining.create(EngineBench.request("Q", "new")))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(Refusal.class)
        .satisfies(
            refused ->
                assertThat(((Refusal) refused.getCause()).reason()).isEqualTo("QUEUE_DRAINING"));
    bench.await("left", TaskState.SUCCEEDED);
    bench.close();
  }

  @Test
  void the_order_of_a_queue_survives_restarts() {
    EngineBench bench = new EngineBench(folder, run -> Payload.json("{}"), QUEUE);
    bench.order("Q", policy -> policy.withConcurrency(7));
    bench = next(bench);
    assertThat(bench.queue("Q").concurrency()).isEqualTo(7);
    assertThat(Postgres.number(bench.database, "SELECT count(*) FROM queue")).isOne();
    bench.close();
  }
}
