package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Answer;
import io.tasklane.batch.BatchCounts;
import io.tasklane.batch.BatchKind;
import io.tasklane.batch.BatchOperation;
import io.tasklane.batch.BatchRequest;
import io.tasklane.batch.BatchService;
import io.tasklane.batch.BatchState;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.time.Until;
import io.tasklane.workflow.execution.WorkflowBench;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node makes the steps of batch operations by itself, and goes on after a restart. */
class BatchOnNodesTest {
  private static final QueueSettings QUEUE = EngineBench.queue("Q", QueuePolicy.STANDARD);
  private static final int TARGETS = 120;
  @TempDir private Path folder;

  private static BatchService batches(EngineBench bench) {
    return bench.engine.services().get(BatchService.class);
  }

  private static BatchOperation start(EngineBench bench, int perSecond) {
    BatchRequest request =
        new BatchRequest(
            BatchKind.CANCEL_TASKS,
            "queue = \"queues/Q\"",
            Optional.empty(),
            false,
            false,
            perSecond,
            new Actor("user:ann", ""));
    return ((Answer.Fresh<BatchOperation>)
            WorkflowBench.get(
                batches(bench)
                    .start(request, TARGETS, WorkflowBench.change("start"))
                    .toCompletableFuture()))
        .value();
  }

  @Test
  void it_goes_on_after_a_restart_and_steps_come_sooner_than_the_tick() {
    EngineBench bench = new EngineBench(folder, run -> Payload.json("{}"), QUEUE);
    bench.set("Q", QueueState.PAUSED);
    for (int i = 0; i < TARGETS; i++) {
      bench.create(EngineBench.request("Q", "t" + i));
    }
    String id = start(bench, 50).id();
    EngineBench first = bench;
    Until.isTrue("some are done", () -> batches(first).get(id).counts().done() >= 30);
    bench.close();
    EngineBench next = new EngineBench(bench.database, folder, run -> Payload.json("{}"), QUEUE);
    int before = batches(next).get(id).counts().done();
    assertThat(before).as("in the middle").isBetween(10, TARGETS - 10);
    // A node looks each second; the next step may not be due yet at the first of these looks.
    Until.isTrue(
        "the next node goes on",
        () -> {
          next.engine.tick();
          return batches(next).get(id).counts().done() > before;
        });
    Until.isTrue("all are done", () -> batches(next).get(id).state() == BatchState.SUCCEEDED);
    assertThat(batches(next).get(id).counts()).isEqualTo(new BatchCounts(TARGETS, TARGETS, 0));
    next.close();
  }
}
