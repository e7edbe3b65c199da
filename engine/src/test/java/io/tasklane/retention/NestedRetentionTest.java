package io.tasklane.retention;

import static io.tasklane.workflow.execution.TemplateBench.sub;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.Timer;
import io.tasklane.workflow.execution.Started;
import io.tasklane.workflow.execution.TemplateBench;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A workflow that another one has started is kept as long as that may read its result. */
class NestedRetentionTest {
  private static final OldWorkflows SWEEP = new OldWorkflows(Duration.ofDays(7));

  @Test
  void what_a_workflow_that_goes_on_has_started_stays() {
    try (TemplateBench templates = new TemplateBench()) {
      templates.store(
          "inner", Node.of("t", new Timer(Optional.of(Duration.ZERO), Optional.empty())));
      Node waits =
          Node.of(
              "w",
              new EventWait(
                  "",
                  Optional.empty(),
                  Optional.empty(),
                  EventWait.OnTimeout.FAIL,
                  1,
                  Optional.empty()));
      Started flow =
          templates.bench.start(Node.of("all", new Chain(List.of(sub("s", "inner"), waits))));
      templates.nest();
      assertThat(templates.inside(flow, "s").state()).isEqualTo("SUCCEEDED");

      assertThat(sweptAfterAMonth(templates)).isEqualTo(2);
      flow.decide("w", "user:ann", true);
      assertThat(sweptAfterAMonth(templates)).isZero();
      assertThat(templates.bench.count("workflow_pin")).isZero();
    }
  }

  private static long sweptAfterAMonth(TemplateBench templates) {
    Postgres.run(
        templates.bench.database, "UPDATE workflow SET end_time = end_time - interval '30 days'");
    templates.bench.database.with(c -> SWEEP.next(c, new RemovalCounts()));
    return templates.bench.count("workflow");
  }
}
