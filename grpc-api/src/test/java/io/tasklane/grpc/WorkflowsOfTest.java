package io.tasklane.grpc;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.ListPosition;
import io.tasklane.filter.WorkflowFilter;
import io.tasklane.filter.WorkflowNodeFilter;
import io.tasklane.task.Actor;
import io.tasklane.task.Priority;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.Catalog;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.compile.WorkflowCompiler;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.execution.WorkflowService;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.state.WorkflowNode;
import io.tasklane.workflow.state.WorkflowStatus;
import io.tasklane.workflow.template.TemplateStart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A workflow service for tests: it checks trees like the real one, and shows what tests put in. */
public final class WorkflowsOfTest extends WorkflowService {
  /** Everything exists but the queue "ABSENT". */
  static final Catalog CATALOG =
      new Catalog() {
        @Override
        public boolean queue(String queue) {
          return !queue.equals("ABSENT");
        }

        @Override
        public boolean taskType(String queue, String taskType) {
          return true;
        }

        @Override
        public boolean template(String template, OptionalInt version) {
          return true;
        }

        @Override
        public Set<String> templatesIn(String template) {
          return Set.of();
        }
      };

  public final List<String> asked = new ArrayList<>();
  public Optional<WorkflowRequest> started = Optional.empty();
  public Optional<TemplateStart> startedTemplate = Optional.empty();
  public Workflow shown;
  public Change<Workflow> lastChange;

  /** A running workflow with one node. */
  public static Workflow running(String id, byte[] document) {
    return new Workflow(
        id,
        WorkflowStatus.NEW,
        new Workflow.Details(
            document,
            "",
            Map.of(),
            Priority.DEFAULT,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            "schedule:eod"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        Optional.empty(),
        7,
        3,
        List.of(
            new WorkflowNode(
                new NodeKey("t", List.of(4)),
                1,
                NodeState.RUNNING,
                1,
                Optional.of("x"),
                Optional.of("inner"),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                List.of(),
                Optional.empty())));
  }

  @Override
  public void check(WorkflowRequest request) throws InvalidDefinitionException {
    WorkflowCompiler.check(request.definition(), Optional.empty(), CATALOG);
  }

  @Override
  public CompletionStage<Answer<Workflow>> start(WorkflowRequest request, Change<Workflow> change)
      throws InvalidDefinitionException {
    check(request);
    started = Optional.of(request);
    return done(running(request.workflowId().orElse("drawn"), request.document()), change);
  }

  @Override
  public CompletionStage<Answer<Workflow>> start(TemplateStart start, Change<Workflow> change) {
    startedTemplate = Optional.of(start);
    Workflow plain = running("drawn", new byte[0]);
    Workflow.Details details =
        new Workflow.Details(
            new byte[0],
            "",
            Map.of(),
            Priority.DEFAULT,
            Optional.empty(),
            Optional.of(start.template()),
            start.inputs(),
            Optional.of("around"),
            "user:ann");
    return done(
        new Workflow(
            "drawn",
            WorkflowStatus.NEW,
            details,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Instant.EPOCH,
            Optional.empty(),
            plain.revision(),
            plain.version(),
            plain.nodes()),
        change);
  }

  private CompletionStage<Answer<Workflow>> done(Workflow workflow, Change<Workflow> change) {
    lastChange = change;
    shown = workflow;
    return CompletableFuture.completedStage(new Answer.Fresh<>(workflow));
  }

  @Override
  public Workflow get(String workflowId) {
    return shown;
  }

  @Override
  public Workflow brief(String workflowId) {
    return shown.with(List.of());
  }

  @Override
  public List<Workflow> list(WorkflowFilter filter, Optional<ListPosition> after, int limit) {
    asked.add("list " + filter.states() + filter.labels() + " " + limit);
    return List.of(shown);
  }

  @Override
  public long key(String workflowId) {
    return 1;
  }

  @Override
  public List<WorkflowNode> nodes(
      String workflowId, WorkflowNodeFilter filter, Optional<WorkflowNode> after, int limit) {
    asked.add("nodes after " + after.map(node -> node.key().toString()).orElse("none"));
    return shown.nodes();
  }

  @Override
  public List<WorkflowNode> nodes(String workflowId, List<NodeKey> keys) {
    return shown.nodes().stream().filter(node -> keys.contains(node.key())).toList();
  }

  @Override
  public CompletionStage<Answer<Workflow>> retry(
      String workflowId,
      Set<NodeKey> nodes,
      boolean freshSteps,
      Actor actor,
      Change<Workflow> change) {
    String steps = freshSteps ? " fresh" : "";
    asked.add("retry " + workflowId + " " + nodes + " " + actor.reason() + steps);
    return done(shown, change);
  }

  @Override
  public CompletionStage<Answer<Workflow>> decide(
      String workflowId, NodeKey node, boolean approved, Actor actor, Change<Workflow> change) {
    asked.add("decide " + node + " " + approved + " " + actor.principal());
    return done(shown, change);
  }

  @Override
  public CompletionStage<Answer<Workflow>> delete(
      String workflowId, Optional<String> etag, Change<Workflow> change) {
    asked.add("delete " + workflowId + " " + etag);
    return done(shown, change);
  }
}
