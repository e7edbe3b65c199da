package io.tasklane.workflow.execution;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.ListPosition;
import io.tasklane.api.Refusal;
import io.tasklane.feature.EngineContext;
import io.tasklane.filter.WorkflowFilter;
import io.tasklane.filter.WorkflowNodeFilter;
import io.tasklane.task.Actor;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.Catalog;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.compile.WorkflowCompiler;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.state.WorkflowNode;
import io.tasklane.workflow.store.WorkflowInputs;
import io.tasklane.workflow.store.WorkflowViews;
import io.tasklane.workflow.template.TemplateStart;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Starts, finds and steers workflows. */
public class WorkflowService {
  private final EngineContext engine;
  private final Catalog catalog;
  private final Commands commands;

  /**
   * What it submits.
   *
   * @param starts starts workflows
   * @param changes steers them
   * @param deletes deletes them
   */
  record Commands(StartWorkflows starts, ChangeWorkflows changes, DeleteWorkflows deletes) {}

  /** For subclasses, such as test doubles of the edges. */
  protected WorkflowService() {
    this(null, null, null);
  }

  WorkflowService(EngineContext engine, Catalog catalog, Commands commands) {
    this.engine = engine;
    this.catalog = catalog;
    this.commands = commands;
  }

  /**
   * Checks a request without starting anything.
   *
   * @throws Refusal INVALID_FIELD, PAYLOAD_TOO_LARGE: about inputs
   * @throws InvalidDefinitionException with every fault of the tree
   */
  public void check(WorkflowRequest request) throws InvalidDefinitionException {
    WorkflowInputs.text(request.inputs());
    WorkflowCompiler.check(request.definition(), Optional.empty(), catalog);
  }

  /**
   * Checks a start from a template without starting anything.
   *
   * @throws Refusal TEMPLATE_UNKNOWN; INPUT_SCHEMA; INVALID_FIELD, PAYLOAD_TOO_LARGE: about inputs
   */
  public void check(TemplateStart start) {
    Instant now = engine.clock().instant();
    engine.database().with(c -> WorkflowStarts.resolve(c, start, now));
  }

  /**
   * Starts a workflow from a template. In the answer its first tasks exist.
   *
   * @throws Refusal (in the stage) TEMPLATE_UNKNOWN; INPUT_SCHEMA; INVALID_FIELD,
   *     PAYLOAD_TOO_LARGE: about inputs; ALREADY_EXISTS: WORKFLOW_EXISTS
   */
  public CompletionStage<Answer<Workflow>> start(TemplateStart start, Change<Workflow> change) {
    return engine
        .committer()
        .submit(
            commands.starts(),
            new StartWorkflows.OfTemplate(start, change.caller().principal()),
            change);
  }

  /**
   * Starts a workflow. In the answer its first tasks exist.
   *
   * @throws InvalidDefinitionException with every fault of the tree
   * @throws Refusal INVALID_FIELD, PAYLOAD_TOO_LARGE: about inputs; (in the stage) ALREADY_EXISTS:
   *     WORKFLOW_EXISTS
   */
  public CompletionStage<Answer<Workflow>> start(WorkflowRequest request, Change<Workflow> change)
      throws InvalidDefinitionException {
    check(request);
    return engine
        .committer()
        .submit(
            commands.starts(),
            new StartWorkflows.Tree(request, change.caller().principal()),
            change);
  }

  /**
   * The workflow with this final part of the name, with its first nodes.
   *
   * @throws Refusal NOT_FOUND: WORKFLOW_NOT_FOUND
   */
  public Workflow get(String workflowId) {
    return engine.database().with(c -> new WorkflowViews(c).require(workflowId));
  }

  /** The same without its nodes and its document. */
  public Workflow brief(String workflowId) {
    return engine.database().with(c -> new WorkflowViews(c).brief(workflowId));
  }

  /** Workflows that match, the newest first, without their nodes, results and documents. */
  public List<Workflow> list(WorkflowFilter filter, Optional<ListPosition> after, int limit) {
    return engine.database().with(c -> new WorkflowViews(c).list(filter, after, limit));
  }

  /**
   * Key of a workflow, as positions of lists have it.
   *
   * @throws Refusal NOT_FOUND: WORKFLOW_NOT_FOUND
   */
  public long key(String workflowId) {
    return engine.database().with(c -> new WorkflowViews(c).key(workflowId));
  }

  /**
   * Nodes that match, in the order of the definition.
   *
   * @param after the last one of the page before
   * @throws Refusal NOT_FOUND: WORKFLOW_NOT_FOUND
   */
  public List<WorkflowNode> nodes(
      String workflowId, WorkflowNodeFilter filter, Optional<WorkflowNode> after, int limit) {
    return engine
        .database()
        .with(c -> new WorkflowViews(c).nodes(workflowId, filter, after, limit));
  }

  /**
   * These nodes, as far as they have started.
   *
   * @throws Refusal NOT_FOUND: WORKFLOW_NOT_FOUND
   */
  public List<WorkflowNode> nodes(String workflowId, List<NodeKey> keys) {
    return engine.database().with(c -> new WorkflowViews(c).nodes(workflowId, keys));
  }

  /**
   * Starts nothing more until it is resumed.
   *
   * @throws Refusal (in the stage) NOT_FOUND: WORKFLOW_NOT_FOUND; FAILED_PRECONDITION:
   *     WORKFLOW_ENDED
   */
  public CompletionStage<Answer<Workflow>> pause(
      String workflowId, Actor actor, Change<Workflow> change) {
    return change(workflowId, new WorkflowEvent.PauseRequested(), actor, change);
  }

  /** Starts what became due during the pause; it is refused like {@link #pause}. */
  public CompletionStage<Answer<Workflow>> resume(
      String workflowId, Actor actor, Change<Workflow> change) {
    return change(workflowId, new WorkflowEvent.ResumeRequested(), actor, change);
  }

  /** Cancels all that is open; it is refused like {@link #pause}. */
  public CompletionStage<Answer<Workflow>> cancel(
      String workflowId, Actor actor, Change<Workflow> change) {
    return change(workflowId, new WorkflowEvent.CancelRequested(actor), actor, change);
  }

  /**
   * Runs again what did not succeed.
   *
   * @param nodes only these; empty means all
   * @param freshSteps whether steps that have succeeded run anew
   * @throws Refusal (in the stage) NOT_FOUND: WORKFLOW_NOT_FOUND; FAILED_PRECONDITION:
   *     WORKFLOW_NOT_ENDED, NOTHING_TO_RETRY
   */
  public CompletionStage<Answer<Workflow>> retry(
      String workflowId,
      Set<NodeKey> nodes,
      boolean freshSteps,
      Actor actor,
      Change<Workflow> change) {
    return change(workflowId, new WorkflowEvent.RetryRequested(nodes, freshSteps), actor, change);
  }

  /**
   * Decides about a node that waits for approvals. The answer shows that node alone.
   *
   * @throws Refusal (in the stage) NOT_FOUND: WORKFLOW_NOT_FOUND; FAILED_PRECONDITION:
   *     NODE_NOT_WAITING, ALREADY_APPROVED, WORKFLOW_ENDED
   */
  public CompletionStage<Answer<Workflow>> decide(
      String workflowId, NodeKey node, boolean approved, Actor actor, Change<Workflow> change) {
    return change(
        workflowId, new WorkflowEvent.ApprovalDecided(node, actor, approved), actor, change);
  }

  /**
   * Deletes a workflow that has ended.
   *
   * @param etag of the version that may be deleted, empty for any
   * @throws Refusal (in the stage) NOT_FOUND: WORKFLOW_NOT_FOUND; ABORTED: ETAG_MISMATCH;
   *     FAILED_PRECONDITION: WORKFLOW_NOT_ENDED
   */
  public CompletionStage<Answer<Workflow>> delete(
      String workflowId, Optional<String> etag, Change<Workflow> change) {
    return engine
        .committer()
        .submit(commands.deletes(), new DeleteWorkflows.Delete(workflowId, etag), change);
  }

  private CompletionStage<Answer<Workflow>> change(
      String workflowId, WorkflowEvent event, Actor actor, Change<Workflow> change) {
    return engine
        .committer()
        .submit(commands.changes(), new ChangeWorkflows.Wanted(workflowId, event, actor), change);
  }
}
