package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.key.FencingToken;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.service.TaskService;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a handler logs can be read while it runs, and once after its end. */
class RunningLogTest {
  @TempDir private Path folder;
  private final Semaphore go = new Semaphore(0);

  private Payload work(Run run) throws Exception {
    run.log("fetching AAPL");
    run.progress(1, 2, "AAPL", "fetched", "{\"symbols_done\":[\"AAPL\"]}");
    go.acquire();
    run.log("fetching MSFT");
    return Payload.json("{}");
  }

  private static String log(EngineBench bench) {
    return bench
        .engine
        .services()
        .get(TaskService.class)
        .attempts("t", new FencingToken(0), 10)
        .get(0)
        .log();
  }

  @Test
  void lines_of_a_run_under_way_are_there_and_stay_after_its_end() {
    try (EngineBench bench =
        new EngineBench(folder, this::work, EngineBench.queue("Q", QueuePolicy.STANDARD))) {
      bench.create(EngineBench.request("Q", "t"));
      bench.awaitWithTicks("t", TaskState.RUNNING);
      Until.isTrue("the line is there", () -> log(bench).contains("fetching AAPL"));
      Until.isTrue("its progress too", () -> bench.read("t").progress().isPresent());
      assertThat(bench.read("t").progress().orElseThrow().details())
          .isEqualTo("{\"symbols_done\":[\"AAPL\"]}");
      go.release();
      bench.awaitWithTicks("t", TaskState.SUCCEEDED);
      assertThat(log(bench).lines()).hasSize(2);
      assertThat(log(bench)).contains("fetching AAPL", "fetching MSFT");
      Until.isTrue(
          "the attempt alone has it",
          () -> Postgres.number(bench.database, "SELECT count(*) FROM task_log") == 0);
    }
  }
}
