package io.tasklane.workflow.catalog;

import static io.tasklane.workflow.execution.TemplateBench.spec;
import static io.tasklane.workflow.execution.TemplateBench.sub;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Refusal;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.Timer;
import io.tasklane.workflow.execution.TemplateBench;
import io.tasklane.workflow.execution.WorkflowBench;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two nodes change templates at once. */
class TemplateRaceTest {
  private static final int ROUNDS = 20;

  @Test
  void two_changes_at_once_never_make_a_circle() {
    try (TemplateBench here = new TemplateBench();
        GroupCommitter there = new GroupCommitter(here.bench.database, Thread::new, () -> {})) {
      ChangeTemplates changes = new ChangeTemplates(here.bench.catalog);
      for (int round = 0; round < ROUNDS; round++) {
        String a = "a" + round;
        String b = "b" + round;
        here.store(a, leaf());
        here.store(b, leaf());
        List<CompletableFuture<WorkflowTemplate>> both =
            List.of(
                here.bench.committer.submit(changes, containing(a, b)),
                there.submit(changes, containing(b, a)));
        assertThat(both.stream().filter(TemplateRaceTest::isRefused).count()).as(a).isEqualTo(1);
      }
    }
  }

  private static Node leaf() {
    return Node.of("x", new Timer(Optional.of(Duration.ZERO), Optional.empty()));
  }

  private static ChangeTemplates.Request containing(String outer, String inner) {
    return new ChangeTemplates.Update(outer, Optional.empty(), present -> spec(sub("s", inner)));
  }

  private static boolean isRefused(CompletableFuture<WorkflowTemplate> change) {
    try {
      WorkflowBench.get(change);
      return false;
    } catch (Refusal circle) {
      assertThat(circle).hasMessageContaining("contains itself");
      assertThat(circle.field()).hasValue("workflow_template.workflow.root.workflow.template");
      return true;
    }
  }
}
