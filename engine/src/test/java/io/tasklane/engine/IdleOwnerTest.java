package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that comes to an owner that waits is claimed for it by whoever creates it. */
class IdleOwnerTest {
  private static final QueueSettings QUEUE = EngineBench.queue("Q", QueuePolicy.STANDARD);
  @TempDir private Path folder;

  @Test
  void a_task_for_an_idle_owner_is_claimed_in_the_transaction_that_creates_it() {
    try (EngineBench bench = new EngineBench(folder, run -> Payload.json("{}"), QUEUE)) {
      AtomicInteger made = new AtomicInteger();
      Until.isTrue(
          "one is created and claimed at once",
          () -> {
            String task = "t" + made.incrementAndGet();
            bench.create(EngineBench.request("Q", task));
            bench.await(task, TaskState.SUCCEEDED);
            return transactions(bench, task) == 1;
          });
    }
  }

  private static long transactions(EngineBench bench, String task) {
    return Postgres.number(
        bench.database,
        "SELECT count(DISTINCT xid) FROM task_event WHERE subject = 'tasks/%s' AND move IN (%d, %d)"
            .formatted(task, Move.SUBMIT.code(), Move.CLAIM.code()));
  }

  @Test
  void a_paused_queue_starts_nothing_that_is_created() {
    try (EngineBench bench = new EngineBench(folder, run -> Payload.json("{}"), QUEUE)) {
      bench.create(EngineBench.request("Q", "before"));
      bench.await("before", TaskState.SUCCEEDED);
      bench.set("Q", QueueState.PAUSED);
      bench.create(EngineBench.request("Q", "held"));
      assertThat(bench.read("held").state()).isEqualTo(TaskState.QUEUED);
      bench.set("Q", QueueState.ACTIVE);
      bench.await("held", TaskState.SUCCEEDED);
    }
  }

  @Test
  void however_many_create_at_once_each_task_runs_once_and_never_two_at_a_time() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger runs = new AtomicInteger();
    EngineBench.Work work = run -> counted(run, running, most, runs);
    try (EngineBench bench = new EngineBench(folder, work, QUEUE)) {
      List<CompletableFuture<Void>> creators =
          IntStream.range(0, 4)
              .mapToObj(c -> CompletableFuture.runAsync(() -> createOneByOne(bench, c)))
              .toList();
      creators.forEach(CompletableFuture::join);
      Until.isTrue("all have run", () -> runs.get() == 100);
      assertThat(most.get()).isOne();
      for (int i = 0; i < 100; i++) {
        bench.await("t" + i / 25 + "-" + i % 25, TaskState.SUCCEEDED);
      }
      assertThat(runs.get()).isEqualTo(100);
    }
  }

  private static void createOneByOne(EngineBench bench, int creator) {
    for (int i = 0; i < 25; i++) {
      String task = "t" + creator + "-" + i;
      bench.create(EngineBench.request("Q", task));
      if (i % 5 == 0) {
        bench.await(task, TaskState.SUCCEEDED); // now and then the owner gets to wait
      }
    }
  }

  private static Payload counted(
      Run run, AtomicInteger running, AtomicInteger most, AtomicInteger runs) {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    runs.incrementAndGet();
    running.decrementAndGet();
    return Payload.json("{}");
  }
}
