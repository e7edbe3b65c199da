package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.Trees.approval;

import io.tasklane.task.Priority;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.state.NodeState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Workflows that are nodes of others, on a store of their own. */
abstract class SubWorkflowBench {
  final TemplateBench templates = new TemplateBench();
  final WorkflowBench bench = templates.bench;

  @AfterEach
  void close() {
    templates.close();
  }

  Started start(Node root) {
    return start(root, Map.of());
  }

  Started start(Node root, Map<String, Object> inputs) {
    Started flow = bench.start(root, inputs);
    templates.nest();
    return flow;
  }

  /** How a workflow may end, but well. */
  enum BadEnd {
    FAILED(NodeState.FAILED, "BROKEN") {
      @Override
      void of(TemplateBench templates, Started inside) {
        inside.fail("x");
      }
    },
    CANCELLED(NodeState.CANCELLED, "CANCELLED") {
      @Override
      void of(TemplateBench templates, Started inside) {
        inside.cancel();
      }
    },
    OUT_OF_TIME(NodeState.FAILED, "WORKFLOW_TIMEOUT") {
      @Override
      void of(TemplateBench templates, Started inside) {
        io.tasklane.database.Postgres.run(
            templates.bench.database, "UPDATE workflow_timer SET due = now() WHERE node IS NULL");
        templates.bench.submit(templates.bench.timers(), 100);
      }
    };

    final NodeState state;
    final String code;

    BadEnd(NodeState state, String code) {
      this.state = state;
      this.code = code;
    }

    abstract void of(TemplateBench templates, Started inside);
  }

  static Node waiting(String id) {
    return approval(id, 1, Duration.ofDays(1), EventWait.OnTimeout.FAIL);
  }

  static WorkflowDefinition urgent(Node root, int priority) {
    return new WorkflowDefinition(
        root, Optional.empty(), Optional.of(new Priority(priority)), Map.of(), Optional.empty());
  }
}
