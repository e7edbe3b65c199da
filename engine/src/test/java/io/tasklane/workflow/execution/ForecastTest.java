package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.Trees.await;
import static io.tasklane.workflow.execution.Trees.chain;
import static io.tasklane.workflow.execution.Trees.cond;
import static io.tasklane.workflow.execution.Trees.each;
import static io.tasklane.workflow.execution.Trees.group;
import static io.tasklane.workflow.execution.Trees.task;
import static io.tasklane.workflow.execution.Trees.timer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.Postgres;
import io.tasklane.feature.EngineContext;
import io.tasklane.forecast.ForecastService;
import io.tasklane.forecast.NodeOutlook;
import io.tasklane.forecast.WorkflowForecast;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.rollup.DurationBuckets;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.definition.WorkflowRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Forecasts of workflows in the store, whose tasks take about ten seconds each. */
class ForecastTest {
  private static final FailurePolicy ALL = FailurePolicy.WAIT_ALL;
  private final TemplateBench templates = new TemplateBench();
  private final WorkflowBench bench = templates.bench;
  private final ForecastService service =
      new ForecastService(
          new EngineContext(
              bench.database, bench.committer, bench.parts.nobody, Clock.systemUTC()));

  @AfterEach
  void close() {
    templates.close();
  }

  /** So many runs of ten seconds were counted of tasks in this queue. */
  private void known(String queue, int runs) {
    Postgres.run(
        bench.database,
        ("INSERT INTO rollup SELECT id, 'system.echo', date_trunc('minute', now()), 0, 0, 0, '{}',"
                + " array_append(array_fill(0::bigint, ARRAY[%d]), %d::bigint), '{}' FROM queue"
                + " WHERE name = '%s'")
            .formatted(DurationBuckets.of(Duration.ofSeconds(10)), runs, queue));
  }

  private WorkflowForecast planned(Node root, Map<String, Object> inputs) {
    return service.forecast(WorkflowBench.request(WorkflowDefinition.of(root), inputs));
  }

  private WorkflowForecast planned(Node root) {
    return planned(root, Map.of());
  }

  private static void assertTakes(WorkflowForecast forecast, double seconds) {
    assertThat(forecast.outlook().missing()).isEmpty();
    assertThat(forecast.outlook().endP50()).isCloseTo(seconds, within(0.1 * seconds + 0.1));
    assertThat(forecast.outlook().endP90()).isGreaterThanOrEqualTo(forecast.outlook().endP50());
  }

  private static List<String> nodes(WorkflowForecast forecast) {
    return forecast.outlook().nodes().stream().map(NodeOutlook::nodeId).toList();
  }

  @Test
  void what_has_ended_is_left_out_and_what_runs_takes_the_rest() {
    known(WorkflowBench.QUEUE, 100);
    Node tree = chain("all", task("a"), task("b"), task("c"));
    assertTakes(planned(tree), 30);
    Started flow = bench.start(tree);
    assertTakes(service.forecast(flow.id), 30);
    flow.succeed("a", "1");
    bench.claimAll();
    Postgres.run(
        bench.database, "UPDATE task SET start_time = now() - interval '8 s' WHERE state = 5");
    WorkflowForecast forecast = service.forecast(flow.id);
    assertThat(forecast.outlook().endP50()).isBetween(11.0, 13.5);
    assertThat(nodes(forecast)).containsExactly("all", "b", "c");
    assertThat(forecast.outlook().criticalPath()).containsExactly("b", "c");
    assertThat(forecast.revision()).isEqualTo(flow.now().revision());
    assertThat(forecast.assumptions()).isEmpty();
    assertThat(forecast.outlook().samples()).isEqualTo(100);
  }

  @Test
  void a_list_that_inputs_decide_makes_as_many_copies() {
    known(WorkflowBench.QUEUE, 100);
    Node tree = each("each", "inputs.symbols", 2, 2, ALL, task("t"));
    Map<String, Object> inputs = Map.of("symbols", List.of("A", "B", "C", "D", "E"));
    assertTakes(planned(tree, inputs), 20);
    Started flow = bench.start(tree, inputs);
    assertTakes(service.forecast(flow.id), 20);
    flow.succeed("t", "1", 0);
    flow.succeed("t", "1", 1);
    assertTakes(service.forecast(flow.id), 10);
  }

  @Test
  void a_list_that_is_not_known_yet_counts_once_and_says_so() {
    known(WorkflowBench.QUEUE, 100);
    WorkflowForecast forecast =
        planned(chain("all", task("a"), each("each", "outputs.a", task("t"))));
    assertTakes(forecast, 20);
    assertThat(forecast.assumptions())
        .containsExactly("the list of each is not known yet: it counts as one copy");
  }

  @Test
  void a_condition_takes_the_branch_that_inputs_decide_and_else_either() {
    known(WorkflowBench.QUEUE, 100);
    Node branches = cond("if", "inputs.n > 1", chain("long", task("a"), task("b")), task("c"));
    assertTakes(planned(branches, Map.of("n", 2L)), 20);
    assertTakes(planned(branches, Map.of("n", 1L)), 10);
    assertTakes(service.forecast(bench.start(branches, Map.of("n", 2L)).id), 20);
    WorkflowForecast open =
        planned(chain("all", task("x"), cond("if", "outputs.x > 1", task("a"))));
    assertThat(open.outlook().endP90()).isCloseTo(20, within(2.0));
    assertThat(open.assumptions())
        .containsExactly("the condition of if is not decided yet: each way is as likely");
  }

  @Test
  void what_was_skipped_is_no_failure_and_takes_no_time() {
    known(WorkflowBench.QUEUE, 100);
    Node tree = chain("all", group("g", ALL, cond("if", "false", task("x")), task("y")), task("z"));
    Started flow = bench.start(tree);
    assertTakes(service.forecast(flow.id), 20);
    flow.succeed("y", "1");
    assertTakes(service.forecast(flow.id), 10);
    assertThat(nodes(service.forecast(flow.id))).containsExactly("all", "z");
  }

  @Test
  void what_cannot_run_any_more_after_a_failure_is_left_out() {
    known(WorkflowBench.QUEUE, 100);
    for (FailurePolicy policy : List.of(ALL, FailurePolicy.IGNORE)) {
      Started flow =
          bench.start(
              chain("all", group("g", policy, task("a"), chain("c", task("b"))), task("z")));
      flow.fail("a");
      boolean ignores = policy == FailurePolicy.IGNORE;
      assertThat(nodes(service.forecast(flow.id)).contains("z")).isEqualTo(ignores);
    }
  }

  @Test
  void a_new_version_of_a_template_does_not_change_what_was_started() {
    known(WorkflowBench.QUEUE, 100);
    templates.store("inner", task("t"));
    Node tree = chain("all", task("a"), TemplateBench.sub("s", "inner"));
    Started flow = bench.start(tree);
    templates.store("inner", chain("c", task("t"), task("u"), task("v")));
    assertTakes(service.forecast(flow.id), 20);
    assertTakes(planned(tree), 40);
  }

  @Test
  void a_timer_takes_its_time_and_a_wait_none_that_is_known() {
    known(WorkflowBench.QUEUE, 100);
    Node tree =
        chain("all", timer("t", Duration.ofMinutes(2)), await("w", "market.news", ""), task("a"));
    WorkflowForecast forecast = planned(tree);
    assertTakes(forecast, 130);
    assertThat(forecast.assumptions())
        .containsExactly("what w waits for comes at once, because nothing says when it comes");
    Started flow = bench.start(tree);
    Postgres.run(bench.database, "UPDATE workflow_timer SET due = now() + interval '1 min'");
    assertTakes(service.forecast(flow.id), 70);
  }

  @Test
  void a_sub_workflow_is_forecast_with_the_nodes_of_its_template() {
    known(WorkflowBench.QUEUE, 100);
    templates.store("inner", each("each", "inputs.list", task("t")));
    Node tree = chain("all", task("a"), TemplateBench.sub("s", "inner", Map.of("list", "[1, 2]")));
    WorkflowForecast forecast = planned(tree);
    assertTakes(forecast, 20);
    assertThat(nodes(forecast)).containsExactly("all", "a", "s/each", "s/t");
    Started flow = bench.start(tree);
    flow.succeed("a", "1");
    templates.nest();
    assertTakes(service.forecast(flow.id), 10);
    templates.inside(flow, "s").succeed("t", "1", 0);
    assertTakes(service.forecast(flow.id), 10);
  }

  @Test
  void the_tasks_before_it_in_a_sequential_queue_go_first() {
    QueuePolicy sequential = QueuePolicy.STANDARD;
    bench.submit(
        new EnsureQueues(),
        List.of(
            new QueueSettings(
                "ONE",
                sequential,
                RetryPolicy.attempts(1),
                Duration.ofMinutes(1),
                Duration.ofHours(1))));
    known("ONE", 100);
    bench.create(QueueBench.request("ONE"), 3);
    Started flow = bench.start(Node.of("only", inQueue("ONE")));
    bench.create(QueueBench.request("ONE"), 5);
    assertTakes(service.forecast(flow.id), 40);
    assertTakes(planned(QueueBench.queue("run", "ONE")), 90);
    NodeOutlook only = service.forecast(flow.id).outlook().nodes().get(0);
    assertThat(only.waitP50()).isCloseTo(30, within(4.0));
  }

  private static TaskNode inQueue(String queue) {
    return TaskNode.of(QueueBench.request(queue));
  }

  @Test
  void a_deadline_is_missed_as_often_as_its_time_is_too_short() {
    known(WorkflowBench.QUEUE, 100);
    WorkflowRequest tree =
        WorkflowBench.request(WorkflowDefinition.of(group("g", ALL, task("a"))), Map.of());
    WorkflowRequest late =
        new WorkflowRequest(
            Optional.empty(),
            "",
            tree.definition(),
            tree.document(),
            Map.of(),
            Optional.of(Instant.now().plusSeconds(2)));
    assertThat(service.forecast(late).outlook().missProbability()).isEqualTo(1);
    assertThat(service.forecast(tree).outlook().missProbability()).isZero();
  }

  @Test
  void where_nothing_can_be_said_it_says_why() {
    known(WorkflowBench.QUEUE, 19);
    Started flow = bench.start(task("a"));
    assertThat(service.forecast(flow.id).outlook().missing())
        .isEqualTo(
            "a forecast needs 20 runs of each kind of task;"
                + " known are 19 of system.echo in queues/DATA_FETCHER");
    flow.pause();
    assertThat(service.forecast(flow.id).outlook().missing()).isEqualTo("it is paused");
    flow.resume();
    Postgres.run(bench.database, "UPDATE queue_owner SET state = 2");
    assertThat(service.forecast(flow.id).outlook().missing())
        .isEqualTo("queues/DATA_FETCHER is paused");
    Postgres.run(bench.database, "UPDATE queue_owner SET state = 1");
    flow.succeed("a", "1");
    assertRefused(flow.id, RefusalReason.WORKFLOW_ENDED);
    assertRefused("nobody", RefusalReason.WORKFLOW_NOT_FOUND);
  }

  private void assertRefused(String workflowId, RefusalReason reason) {
    assertThatThrownBy(() -> service.forecast(workflowId))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
