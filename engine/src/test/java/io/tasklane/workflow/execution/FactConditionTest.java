package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.Trees.chain;
import static io.tasklane.workflow.execution.Trees.cond;
import static io.tasklane.workflow.execution.Trees.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.fact.Fact;
import io.tasklane.fact.FactService;
import io.tasklane.feature.EngineContext;
import io.tasklane.task.Payload;
import io.tasklane.task.RunEnd;
import io.tasklane.workflow.state.NodeState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Conditions and inputs of workflows read facts as they are at the moment of the decision. */
class FactConditionTest {
  private final WorkflowBench bench = new WorkflowBench();
  private final FactService facts =
      new FactService(new EngineContext(bench.database, bench.committer, null, Clock.systemUTC()));

  @AfterEach
  void close() {
    bench.close();
  }

  private void set(Fact fact) {
    WorkflowBench.answer(facts.set(fact, WorkflowBench.ANN, WorkflowBench.change("set")));
  }

  private String state(String condition) {
    return bench.start(cond("c", "(" + condition + ") ? true : false", task("x"))).state("c")
            == NodeState.FAILED
        ? "FAILED"
        : bench.count("workflow_node WHERE node = 'x'") > 0 ? takenAndForgotten() : "false";
  }

  private String takenAndForgotten() {
    Postgres.run(bench.database, "DELETE FROM workflow_node WHERE node = 'x'");
    return "true";
  }

  @Test
  void a_fact_is_what_it_is_when_the_condition_is_asked() {
    Started flow =
        bench.start(chain("all", task("a"), cond("c", "facts.synced", task("yes"), task("no"))));
    set(Fact.of("synced", false));
    set(Fact.of("synced", true));
    flow.succeed("a", "1");
    assertThat(flow.hasStarted("yes")).isTrue();
    assertThat(flow.hasStarted("no")).isFalse();
  }

  @Test
  void what_the_task_before_sets_with_its_end_is_seen_by_the_condition_behind_it() {
    Started flow = bench.start(chain("all", task("a"), cond("c", "facts.go", task("yes"))));
    bench.claimAll();
    RunEnd end =
        new RunEnd.Succeeded(Payload.json("1"), List.of(), List.of(), List.of(Fact.of("go", true)));
    WorkflowBench.get(bench.complete(bench.committer, flow.task("a"), end));
    assertThat(flow.hasStarted("yes")).isTrue();
  }

  @Test
  void an_expired_fact_and_a_deleted_one_are_absent_and_no_error_looks_like_no() {
    set(Fact.of("old", 1).until(Instant.now().plusSeconds(60)));
    assertThat(state("has(facts.old)")).isEqualTo("true");
    Postgres.run(bench.database, "UPDATE fact SET expire_time = clock_timestamp()");
    assertThat(state("has(facts.old)")).isEqualTo("false");
    assertThat(state("has(facts.old) && facts.old == 1")).isEqualTo("false");
    assertThat(state("facts.old == 1")).isEqualTo("FAILED");
    assertThat(state("facts.never > 1")).isEqualTo("FAILED");
    set(Fact.of("nothing", null));
    assertThat(state("facts.nothing == null")).isEqualTo("true");
  }

  @Test
  void a_number_is_the_same_number_as_a_fact() {
    for (Object n : List.of(450, 450.0, new java.math.BigDecimal("4.5e2"))) {
      set(Fact.of("n", n));
      for (String holds :
          List.of(
              "facts.n > 400",
              "facts.n >= 450.0",
              "facts.n == 450",
              "facts.n < 450.5",
              "facts.n + 1 == 451",
              "facts.n * 1.5 == 675.0",
              "facts.n + inputs.one == 451")) {
        Started flow = bench.start(cond("c", holds, task("x")), Map.of("one", 1L));
        assertThat(flow.hasStarted("x")).as(holds + " with " + n).isTrue();
      }
    }
    set(Fact.of("n", 0.5));
    assertThat(state("facts.n + 1 == 1.5")).isEqualTo("true");
    set(Fact.of("n", "1234.50"));
    assertThat(state("facts.n > 1000")).as("a text is no number").isEqualTo("FAILED");
  }

  @Test
  void a_computed_input_reads_facts_too() {
    set(Fact.of("desk", "rates"));
    Started flow = bench.start(task("a", Map.of("desk", "facts.desk")));
    assertThat(flow.input("a")).isEqualTo("{\"desk\":\"rates\"}");
  }
}
