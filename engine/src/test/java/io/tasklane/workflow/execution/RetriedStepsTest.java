package io.tasklane.workflow.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.Node;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task that a retry of its workflow creates takes over what the steps of the old one kept. */
class RetriedStepsTest {
  private final WorkflowBench bench = new WorkflowBench();

  @AfterEach
  void close() {
    bench.close();
  }

  /** Its task has failed after a step that succeeded. */
  private Started failed() {
    Started flow = bench.start(Node.of("c", new Chain(List.of(Trees.task("a")))));
    Postgres.run(
        bench.database,
        "INSERT INTO task_step (task, name, number, kind, state, attempt, token, start_time)"
            + " SELECT id, 's', 1, 1, 3, 1, 1, now() FROM task");
    flow.fail("a");
    assertThat(flow.state()).isEqualTo("FAILED");
    return flow;
  }

  private long steps(Started flow) {
    return Postgres.number(
        bench.database,
        "SELECT count(*) FROM task_step WHERE task = " + flow.task("a").id().value());
  }

  @Test
  void steps_of_the_same_input_are_taken_along() {
    Started flow = failed();
    flow.retry();
    assertThat(steps(flow)).isOne();
  }

  @Test
  void fresh_steps_and_another_input_take_nothing() {
    Started fresh = failed();
    bench
        .workflows
        .retry(fresh.id, Set.of(), true, WorkflowBench.ANN, WorkflowBench.change("retry"))
        .toCompletableFuture()
        .join();
    assertThat(steps(fresh)).isZero();

    Started other = failed();
    Postgres.run(bench.database, "UPDATE task SET input = convert_to('{\"n\":9}', 'UTF8')");
    other.retry();
    assertThat(steps(other)).isZero();
  }
}
