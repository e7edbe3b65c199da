package io.tasklane.workflow.catalog;

import static io.tasklane.workflow.execution.TemplateBench.spec;
import static io.tasklane.workflow.execution.TemplateBench.sub;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.database.Postgres;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.Timer;
import io.tasklane.workflow.execution.TemplateBench;
import io.tasklane.workflow.execution.WorkflowBench;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes change templates at once: the later one sees what the earlier one has stored. */
class TemplateRaceTest {
  private static final String WAITING =
      """
      SELECT count(*) FROM pg_locks WHERE NOT granted
        AND relation = 'workflow_template'::regclass
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""";

  /** As another node stores it, in a transaction that is still open. */
  private static final String B_CONTAINS_A =
      """
      LOCK TABLE workflow_template IN SHARE ROW EXCLUSIVE MODE;
      UPDATE workflow_template SET version = 2 WHERE name = 'b';
      INSERT INTO workflow_template_version
      SELECT 'b', 2, update_time, description, display_name, definition, document, inputs,
          deadline_after_ms, input_schema
      FROM workflow_template_version WHERE template = 'like-b'""";

  @Test
  @Timeout(30)
  void two_changes_at_once_never_make_a_circle() throws Exception {
    try (TemplateBench here = new TemplateBench();
        Connection other = here.bench.database.open();
        Statement statement = other.createStatement()) {
      here.store("a", leaf());
      here.store("b", leaf());
      here.store("like-b", sub("s", "a"));
      other.setAutoCommit(false);
      statement.execute(B_CONTAINS_A);
      CompletableFuture<WorkflowTemplate> change =
          CompletableFuture.supplyAsync(() -> containing(here.bench, "a", "b"));
      while (Postgres.number(here.bench.database, WAITING) == 0) {
        Thread.onSpinWait();
      }
      other.commit();

      assertThatThrownBy(change::join).hasMessageContaining("contains itself");
      assertThat(here.newest("a").version()).isEqualTo(1);
    }
  }

  private static WorkflowTemplate containing(WorkflowBench bench, String outer, String inner) {
    return WorkflowBench.get(
        bench.committer.submit(
            new ChangeTemplates(bench.catalog),
            new ChangeTemplates.Update(outer, Optional.empty(), present -> spec(sub("s", inner)))));
  }

  private static Node leaf() {
    return Node.of("x", new Timer(Optional.of(Duration.ZERO), Optional.empty()));
  }
}
