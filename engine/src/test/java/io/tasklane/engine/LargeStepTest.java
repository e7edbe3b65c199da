package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Answer;
import io.tasklane.api.CopyOptions;
import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.service.TaskService;
import io.tasklane.step.StepService;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The result of a step may be larger than a payload: it is kept as an artifact then. */
class LargeStepTest {
  private static final int MEGABYTE = 1_000_000;
  private static final int TOO_MUCH = 4 * 1024 * 1024;

  @TempDir private Path folder;
  private final List<Integer> bodies = new ArrayList<>();
  private final List<Payload> results = new ArrayList<>();

  private Payload text(int size) {
    bodies.add(size);
    return new Payload(
        Payload.JSON, ("\"" + "x".repeat(size) + "\"").getBytes(StandardCharsets.UTF_8));
  }

  private Payload work(Run run) throws Exception {
    int size = run.task().endsWith("large") ? MEGABYTE : TOO_MUCH;
    results.add(run.step("big", () -> text(size)));
    run.sleep("nap", Duration.ofMillis(200));
    throw FailureException.permanent("DONE", "enough");
  }

  @Test
  void each_run_and_each_copy_gets_the_same_bytes() {
    try (EngineBench bench =
        new EngineBench(folder, this::work, EngineBench.queue("Q", QueuePolicy.STANDARD))) {
      bench.create(EngineBench.request("Q", "large"));
      bench.awaitWithTicks("large", TaskState.FAILED);
      Answer<Task> copy =
          bench
              .engine
              .services()
              .get(TaskService.class)
              .retry("large", CopyOptions.NONE, EngineBench.change())
              .toCompletableFuture()
              .join();
      bench.awaitWithTicks(((Answer.Fresh<Task>) copy).value().taskId(), TaskState.FAILED);
      assertThat(bodies).containsExactly(MEGABYTE);
      assertThat(results).hasSizeGreaterThanOrEqualTo(3).containsOnly(results.get(0));
      assertThat(bench.engine.services().get(StepService.class).list("large").get(0).resultBytes())
          .isEqualTo(MEGABYTE + 2);
      assertThat(Postgres.number(bench.database, "SELECT count(*) FROM artifact")).isOne();
      assertThat(Postgres.number(bench.database, "SELECT count(*) FROM step_artifact_use"))
          .isEqualTo(2);
      Postgres.run(bench.database, "UPDATE artifact SET expire_time = now() - interval '1 day'");
      bench.engine.cleanUp();
      assertThat(Postgres.number(bench.database, "SELECT count(*) FROM artifact"))
          .as("its steps name it")
          .isOne();
    }
  }

  @Test
  void a_result_of_more_than_four_megabytes_fails_the_task_for_good() {
    try (EngineBench bench =
        new EngineBench(folder, this::work, EngineBench.queue("Q", QueuePolicy.STANDARD))) {
      bench.create(EngineBench.request("Q", "huge"));
      Task huge = bench.awaitWithTicks("huge", TaskState.FAILED);
      assertThat(huge.failure().orElseThrow().code()).isEqualTo("STEP_RESULT_TOO_LARGE");
      assertThat(huge.failure().orElseThrow().message()).contains("at most 4194304");
    }
  }
}
