package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A claimed task that no thread can be started for has failed; its queue goes on. */
@Timeout(60)
class NoThreadTest {
  @TempDir private Path folder;
  private volatile boolean refuse;

  private EngineBench bench(int runs) {
    QueueSettings queue =
        new QueueSettings(
            "Q",
            QueuePolicy.concurrently(runs),
            RetryPolicy.attempts(1),
            Duration.ofMinutes(5),
            Duration.ofHours(1));
    return new EngineBench(
        Postgres.empty(),
        folder,
        EngineBench.Surroundings.USUAL.with(this::thread),
        new EngineBench.Worker(run -> Payload.json("{}")),
        queue);
  }

  private Thread thread(Runnable work) {
    if (refuse) {
      throw new OutOfMemoryError("unable to create native thread");
    }
    return new Thread(work);
  }

  @Test
  void it_is_so_where_a_queue_runs_several_at_once() {
    try (EngineBench bench = bench(2)) {
      refuse = true;
      bench.create(EngineBench.request("Q", "t"));
      failed(bench.await("t", TaskState.FAILED));
      refuse = false;
      bench.create(EngineBench.request("Q", "next"));
      bench.await("next", TaskState.SUCCEEDED);
    }
  }

  @Test
  void it_is_so_where_it_was_claimed_for_an_idle_owner() {
    try (EngineBench bench = bench(1)) {
      AtomicInteger made = new AtomicInteger();
      refuse = true;
      Until.isTrue(
          "one is claimed by its creator",
          () -> {
            String task = "t" + made.incrementAndGet();
            bench.create(EngineBench.request("Q", task));
            Until.isTrue("ended", () -> bench.read(task).state().isFinal());
            return bench.read(task).state() == TaskState.FAILED;
          });
      failed(bench.read("t" + made.get()));
      bench.create(EngineBench.request("Q", "next"));
      Until.isTrue("next has ended", () -> bench.read("next").state().isFinal());
      refuse = false;
      bench.create(EngineBench.request("Q", "last"));
      bench.await("last", TaskState.SUCCEEDED);
    }
  }

  private static void failed(Task task) {
    Failure failure = task.failure().orElseThrow();
    assertThat(failure.code()).isEqualTo("UNEXPECTED");
    assertThat(failure.message()).isEqualTo("OutOfMemoryError: unable to create native thread");
  }
}
