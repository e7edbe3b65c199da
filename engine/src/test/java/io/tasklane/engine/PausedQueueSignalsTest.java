package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.task.Payload;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A queue that starts nothing leaves its ready signals at the broker, where their number ends. */
@Timeout(120)
class PausedQueueSignalsTest {
  private static final int TASKS = 900;
  private static final String ADDRESS = "tasklane.queue.Q";
  private static final QueueSettings QUEUE = EngineBench.queue("Q", QueuePolicy.STANDARD);

  /** Ten in 100 ms, as many again for the next slice, and some for what comes with the pause. */
  private static long mostIn(long nanos) {
    return nanos / 10_000_000 + 30;
  }

  @TempDir private Path folder;

  @Test
  void few_are_taken_while_it_is_paused_and_all_tasks_run_once_it_is_not() throws Exception {
    try (EmbeddedBroker broker = new EmbeddedBroker();
        EngineBench bench =
            new EngineBench(
                Postgres.empty(),
                folder,
                EngineBench.Surroundings.USUAL.withBroker(broker.url()),
                new EngineBench.Worker(run -> Payload.json("{}")),
                QUEUE)) {
      bench.create(EngineBench.request("Q", "before"));
      bench.await("before", TaskState.SUCCEEDED);
      bench.set("Q", QueueState.PAUSED);
      long begin = System.nanoTime();
      long before = broker.acknowledged(ADDRESS);
      bench.create(
          IntStream.range(0, TASKS)
              .mapToObj(i -> EngineBench.request("Q", "t" + i))
              .toArray(TaskRequest[]::new));
      Until.isTrue("signals wait", () -> broker.depth(ADDRESS) > 0);
      Thread.sleep(1000); // what would take them all had the time for it
      long taken = broker.acknowledged(ADDRESS) - before;
      assertThat(taken).isLessThanOrEqualTo(mostIn(System.nanoTime() - begin));
      assertThat(taken).as("they are taken").isPositive();
      bench.set("Q", QueueState.ACTIVE);
      bench.awaitWithTicks("t" + (TASKS - 1), TaskState.SUCCEEDED);
    }
  }
}
