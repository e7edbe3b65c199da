package io.tasklane.workflow.execution;

import io.tasklane.artifact.ArtifactStore;
import io.tasklane.commit.Batch;
import io.tasklane.commit.Outcome;
import io.tasklane.event.EventRows;
import io.tasklane.event.LogEvent;
import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.CompletionListener;
import io.tasklane.feature.DueWork;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.EventCodec;
import io.tasklane.feature.EventWakeUp;
import io.tasklane.feature.Feature;
import io.tasklane.feature.PlannedStarts;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.task.Actor;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.create.CopyTasks;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.type.KnownTypes;
import io.tasklane.time.Ticker;
import io.tasklane.workflow.catalog.WorkflowCatalog;
import io.tasklane.workflow.catalog.WorkflowTemplateService;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.hold.WorkflowOrder;
import io.tasklane.workflow.input.StoreInputs;
import io.tasklane.workflow.input.WakeStoring;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.store.WorkflowEvents;
import io.tasklane.workflow.wait.EventWaits;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Workflows as a feature of the engine. */
public final class WorkflowFeature implements Feature {
  private final Executions executions;
  private final WorkflowStarts starts;
  private final WorkflowService service;
  private final WorkflowTemplateService templates;
  private final EventRows log;
  private final WorkflowCatalog catalog;
  private final EngineContext context;
  private Optional<StoreInputs> inputs = Optional.empty();

  /**
   * The workflows of this engine.
   *
   * @param context of the engine
   * @param queues that definitions may name
   * @param types whose task types they may name
   * @param names draws names for workflows whose client chose none
   * @param log reads the rows of the event log
   */
  public WorkflowFeature(
      EngineContext context,
      QueueDirectory queues,
      KnownTypes types,
      Supplier<String> names,
      EventRows log) {
    this.log = log;
    this.context = context;
    this.executions = new Executions(context.signals());
    this.starts = new WorkflowStarts(names);
    this.catalog = new WorkflowCatalog(queues, types, context.database());
    this.templates = new WorkflowTemplateService(context, catalog);
    this.service =
        new WorkflowService(
            context,
            catalog,
            new WorkflowService.Commands(
                new StartWorkflows(executions, starts),
                new ChangeWorkflows(executions),
                new DeleteWorkflows()));
  }

  /** What creates and cancels tasks: commands in which this feature takes part itself. */
  public void use(
      TaskAdmission admission, CreateTasks creation, CancelTasks cancels, CopyTasks copies) {
    executions.use(new TaskOrders(admission, creation, cancels, copies));
  }

  /** Where large values are. */
  public void use(ArtifactStore artifacts, ThreadFactory threads) {
    executions.use(
        artifact -> {
          try (InputStream bytes = artifacts.open(artifact)) {
            return bytes.readAllBytes();
          }
        });
    inputs =
        Optional.of(
            new StoreInputs(
                context.database(),
                context.committer(),
                artifacts,
                new StartLargeTasks(executions),
                threads));
  }

  @Override
  public void close() {
    inputs.ifPresent(StoreInputs::close);
  }

  /** What starts workflows as a part of a command of another feature. */
  public PlannedStarts starter() {
    return new WorkflowStarter(executions, starts, catalog);
  }

  /** Cancels a workflow as {@link WorkflowService#cancel} does, within a command. */
  public Outcome<Workflow> cancel(Batch batch, String workflowId, Actor actor) throws SQLException {
    WorkflowEvent event = new WorkflowEvent.CancelRequested(actor);
    return new ChangeWorkflows(executions)
        .executeOne(batch, new ChangeWorkflows.Wanted(workflowId, event, actor));
  }

  @Override
  public List<EventCodec> events() {
    return WorkflowEvents.CODECS;
  }

  @Override
  public List<DueWork> dueWork() {
    return List.of(
        new DueWork("fire timers of workflows", FireTimers.PROBE, new FireTimers(executions)),
        new DueWork(
            "cancel tasks of workflows",
            CancelNodes.PROBE,
            new CancelNodes(executions),
            NodeCancels.AT_ONCE,
            1),
        new DueWork(
            "store large inputs",
            WakeStoring.PROBE,
            new WakeStoring(() -> inputs.ifPresent(StoreInputs::wake))),
        new DueWork(
            "start workflows of nodes",
            NestedStarts.PROBE,
            new StartNestedWorkflows(executions, starts),
            StartNestedWorkflows.BATCH,
            1),
        DueWork.inSteps(
            "deliver events to workflows",
            DeliverEvents.PROBE,
            new DeliverEvents(executions, log)));
  }

  @Override
  public List<Consumer<List<LogEvent>>> followers() {
    return List.of(
        new EventWakeUp(
            context, EventWaits.TYPES, new DeliverEvents(executions, log), Ticker.SYSTEM));
  }

  @Override
  public List<ClaimCondition> claimConditions() {
    return List.of(new WorkflowOrder());
  }

  @Override
  public List<CompletionListener> completionListeners() {
    return List.of(new WorkflowTasksEnded(executions));
  }

  @Override
  public List<Object> services() {
    return List.of(service, templates);
  }
}
