package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.fact.Fact;
import io.tasklane.fact.FactService;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handlers set facts, at once or with their success. */
class FactsOfHandlersTest {
  @TempDir Path folder;
  private final Semaphore go = new Semaphore(0);

  private Payload work(Run run) throws Exception {
    run.setFactNow(Fact.of("seen", run.task()));
    run.setFact(Fact.of("synced", true).until(run.clock().instant().plusSeconds(3600)));
    go.acquire();
    if (run.task().contains("fails")) {
      throw FailureException.permanent("NO", "no");
    }
    if (run.task().contains("too-large")) {
      run.setFact(Fact.of("large", "x".repeat(Fact.MAX_BYTES)));
    }
    return Payload.json("{}");
  }

  @Test
  void what_is_set_at_once_is_there_before_the_end_and_the_rest_with_the_success_alone() {
    try (EngineBench bench =
        new EngineBench(folder, this::work, EngineBench.queue("Q", QueuePolicy.STANDARD))) {
      FactService facts = bench.engine.services().get(FactService.class);
      bench.create(EngineBench.request("Q", "fails"));
      bench.awaitWithTicks("fails", TaskState.RUNNING);
      Until.isTrue("set at once", () -> !facts.list("", 10).isEmpty());
      assertThat(facts.get("seen").fact().value()).isEqualTo("tasks/fails");
      go.release();
      bench.awaitWithTicks("fails", TaskState.FAILED);
      assertThat(facts.list("", 10)).as("a failure sets nothing").hasSize(1);

      bench.create(EngineBench.request("Q", "works"));
      go.release();
      bench.awaitWithTicks("works", TaskState.SUCCEEDED);
      assertThat(facts.get("synced").actor().principal()).isEqualTo("tasks/works");
      assertThat(facts.get("synced").fact().expireTime()).isPresent();
    }
  }

  @Test
  void a_fact_that_cannot_be_stored_fails_the_run_that_sets_it() {
    try (EngineBench bench =
        new EngineBench(folder, this::work, EngineBench.queue("Q", QueuePolicy.STANDARD))) {
      bench.create(EngineBench.request("Q", "too-large"));
      go.release();
      Task task = bench.awaitWithTicks("too-large", TaskState.RETRY_WAIT);
      assertThat(task.failure().orElseThrow().message()).contains("fact.value", "at most 65536");
    }
  }
}
