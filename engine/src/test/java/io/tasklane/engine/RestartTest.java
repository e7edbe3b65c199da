package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.DependencyRules;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.ordering.OrderingGates;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.resource.ResourceUnits;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.end.TaskEnds;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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
                assertThat(((Refusal) refused.getCause()).reason())
                    .isEqualTo(RefusalReason.QUEUE_DRAINING));
    bench.await("left", TaskState.SUCCEEDED);
    bench.close();
  }

  @Test
  void a_cancel_survives_a_restart_between_its_request_and_its_signal() {
    AtomicInteger starts = new AtomicInteger();
    EngineBench bench =
        new EngineBench(
            folder,
            run -> {
              starts.incrementAndGet();
              new CountDownLatch(1).await(); // until it is interrupted
              return Payload.json("{}");
            },
            QUEUE);
    bench.create(EngineBench.request("Q", "runs"), EngineBench.request("Q", "waits"));
    bench.await("runs", TaskState.RUNNING);
    Until.isTrue("it has begun", () -> starts.get() == 1);
    try (GroupCommitter elsewhere = new GroupCommitter(bench.database, Thread::new, () -> {})) {
      for (String task : List.of("waits", "runs")) {
        Actor actor = new Actor("tester", "test");
        elsewhere.submit(cancels(), new CancelTasks.Cancel(task, actor, false)).join();
      }
    }
    assertThat(bench.read("waits").state()).isEqualTo(TaskState.CANCELLED);
    assertThat(bench.read("runs").state()).isIn(TaskState.CANCELLING, TaskState.CANCELLED);
    bench = next(bench);
    bench.create(EngineBench.request("Q", "after"));
    bench.await("after", TaskState.SUCCEEDED);
    assertThat(bench.read("runs").state()).isEqualTo(TaskState.CANCELLED);
    assertThat(starts).as("nothing cancelled starts").hasValue(1);
    bench.close();
  }

  /** Those of a node whose signals get lost. */
  private static CancelTasks cancels() {
    ReadySignals lost = (queue, task, priority) -> {};
    return new CancelTasks(
        new TaskEnds(
            new DependencyRules(),
            List.of(
                new OrderingGates(lost), new ResourceUnits(lost), new ResolveDependents(lost))));
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
