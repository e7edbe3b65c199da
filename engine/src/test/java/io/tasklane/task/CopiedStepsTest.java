package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.CopyOptions;
import io.tasklane.database.Postgres;
import io.tasklane.feature.EngineContext;
import io.tasklane.step.StepReport;
import io.tasklane.step.StepService;
import io.tasklane.step.StepState;
import io.tasklane.step.TaskStep;
import io.tasklane.task.create.CopyTasks.Origin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A copy of a task takes the steps that have succeeded along, unless it is to do all anew. */
class CopiedStepsTest {
  private final CopyBench bench = new CopyBench();
  private final StepService steps =
      new StepService(
          new EngineContext(
              bench.store.database, bench.store.committer, bench.store.nobody, Clock.systemUTC()));

  @AfterEach
  void close() {
    bench.close();
  }

  /** It has one step that succeeded, one that failed, and one that sleeps. */
  @BeforeEach
  void fail() {
    bench.create(CopyBench.noop("old"));
    Task run = bench.store.claim(bench.store.take("n1", 1).orElseThrow()).claimed().orElseThrow();
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "DOWN", "no feed", "", Instant.EPOCH);
    record(
        run,
        "done",
        new StepReport.Succeeded(Optional.of(Payload.json("7")), false, 1, Duration.ZERO));
    record(run, "failed", new StepReport.Failed(failure, 1, Optional.empty(), Duration.ZERO));
    record(run, "sleeps", new StepReport.Sleeps(Duration.ofHours(1)));
    bench.store.complete(bench.store.take("n1", 1).orElseThrow(), run, CopyBench.failed(), false);
  }

  private void record(Task run, String step, StepReport report) {
    steps.record(run.taskId(), run.fencingToken(), step, report).toCompletableFuture().join();
  }

  private List<String> names(Task copy) {
    return steps.list(copy.taskId()).stream().map(TaskStep::name).toList();
  }

  @Test
  void a_retry_and_a_replay_take_what_succeeded() {
    for (Task copy : List.of(bench.retry("old"), bench.replay("old"))) {
      TaskStep taken = steps.list(copy.taskId()).get(0);
      assertThat(names(copy)).containsExactly("done");
      assertThat(taken.state()).isEqualTo(StepState.SUCCEEDED);
      assertThat(taken.attempt()).isZero();
      assertThat(taken.token().value()).isZero();
      assertThat(steps.result(copy.taskId(), "done").orElseThrow().payload().orElseThrow().text())
          .isEqualTo("7");
    }
    assertThat(names(bench.store.read("old"))).containsExactly("done", "failed", "sleeps");
  }

  @Test
  void another_input_or_fresh_steps_take_nothing() {
    CopyOptions other = CopyOptions.withInput(Payload.json("{\"n\":2}"));
    assertThat(names(bench.copy("old", Origin.TASK, other))).isEmpty();
    CopyOptions fresh = new CopyOptions(Optional.empty(), false, true);
    assertThat(names(bench.copy("old", Origin.TASK, fresh))).isEmpty();
    assertThat(names(bench.copy("old", Origin.DEAD_LETTER, fresh))).isEmpty();
  }

  @Test
  void a_copy_of_a_copy_has_them_too() {
    Task copy = bench.retry("old");
    bench.store.cancel(copy.taskId());
    assertThat(names(bench.retry(copy.taskId()))).containsExactly("done");
    assertThat(Postgres.number(bench.store.database, "SELECT count(*) FROM task_step"))
        .isEqualTo(5);
  }
}
