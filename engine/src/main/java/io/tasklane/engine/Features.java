package io.tasklane.engine;

import io.tasklane.artifact.ArtifactStore;
import io.tasklane.batch.BatchFeature;
import io.tasklane.effect.EffectService;
import io.tasklane.event.EventFeature;
import io.tasklane.event.EventPages;
import io.tasklane.fact.FactFeature;
import io.tasklane.fact.FactService;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.Feature;
import io.tasklane.forecast.ForecastFeature;
import io.tasklane.ingress.IngressFeature;
import io.tasklane.queue.dispatch.DispatchTools;
import io.tasklane.resource.ResourceFeature;
import io.tasklane.retention.CleanUp;
import io.tasklane.schedule.ScheduleFeature;
import io.tasklane.schedule.ScheduledRuns;
import io.tasklane.signal.ReadySignals;
import io.tasklane.step.StepFeature;
import io.tasklane.task.TaskNames;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.recover.SuspectFeature;
import io.tasklane.task.type.Handlers;
import io.tasklane.tasktype.TaskTypeFeature;
import io.tasklane.topic.EventTopic;
import io.tasklane.trigger.TriggerFeature;
import io.tasklane.worker.stream.WorkerFeature;
import io.tasklane.workflow.execution.WorkflowFeature;
import java.util.List;
import java.util.stream.Stream;

/** The features of a node, in the order in which they are closed: a new one is a line here. */
final class Features {
  private final FeatureParts parts;
  private final TaskNames names;
  private final FactService facts;
  private final WorkerFeature workers;
  private final TaskFeature tasks;
  private final RunParts runs;
  private final ArtifactStore artifacts;
  private final EventTopic topic;
  private final CleanUp cleanUp;
  private final IngressFeature ingress;
  private final List<Feature> all;

  /**
   * Makes them.
   *
   * @param late the dispatch of tasks, once there is one
   * @param signals wakes the owners of queues
   */
  Features(EngineComponents from, FeatureParts parts, LateDispatch late, ReadySignals signals) {
    this.parts = parts;
    EngineContext context = parts.context();
    Handlers handlers = new Handlers(from.handlers());
    names = new TaskNames(from.clock(), from.random());
    TaskTypeFeature types = new TaskTypeFeature(context, handlers);
    TaskAdmission admission =
        new TaskAdmission(parts.directory(), types.types(), names, from.clock());
    WorkflowFeature workflows =
        new WorkflowFeature(context, parts.directory(), types.types(), names, parts.rows());
    workers = new WorkerFeature(context, handlers, queue -> late.wake(queue, signals));
    ingress = new IngressFeature(context, parts.broker(), parts.faults());
    List<Feature> joining =
        List.of(
            new ResourceFeature(context),
            new ScheduledRuns(context.signals()),
            new SuspectFeature(context),
            new StepFeature(context, parts.rows()),
            workflows,
            workers,
            ingress);
    tasks = TaskFeature.of(context, from.resolver(), joining, late::idle, admission);
    workers.use(tasks.losses().ends());
    ingress.use(tasks.creation(), admission, types.types());
    workflows.use(admission, tasks.creation(), tasks.cancels(), tasks.copies());
    EffectService effects = new EffectService(context.committer());
    facts = new FactService(context);
    artifacts =
        ArtifactStore.of(
            from.artifacts(),
            context.database(),
            context.committer(),
            from.random(),
            from.node().name());
    topic =
        new EventTopic(
            context, parts.tail(), parts.broker(), from.retention().events(), parts.faults());
    workflows.use(artifacts, parts.threads());
    cleanUp = new CleanUp(context.database(), from.node().name(), from.retention(), parts.faults());
    runs = new RunParts(handlers, names, admission, artifacts, effects, facts);
    List<Feature> others =
        List.of(
            new QueueFeature(
                context,
                parts.directory(),
                parts.statistics(),
                from.queues().ids(),
                queue -> late.changed(queue, signals)),
            new DeadLetterFeature(context, tasks.copies()),
            BatchFeature.of(context, tasks.cancels(), tasks.copies(), workflows::cancel, names),
            ScheduleFeature.of(
                context,
                tasks.creation(),
                tasks.cancels(),
                admission,
                workflows.starter(),
                from.retention().tasks()),
            new EventFeature(
                context, parts.tail(), new EventPages(context.database(), parts.rows())),
            effects,
            new FactFeature(facts),
            new TriggerFeature(context, workflows.starter(), parts.rows()),
            new ForecastFeature(context, parts.threads(), parts.faults()),
            artifacts,
            types,
            topic,
            cleanUp);
    all = Stream.of(List.of(tasks), joining, others).<Feature>flatMap(List::stream).toList();
  }

  /** Begins to serve workers, which use what dispatches tasks. */
  void serveWorkers(DispatchTools dispatch) {
    workers.serve(dispatch, facts, parts.directory(), names);
    workers.start(parts.broker(), parts.threads(), parts.faults());
  }

  List<Feature> all() {
    return all;
  }

  TaskFeature tasks() {
    return tasks;
  }

  RunParts runs() {
    return runs;
  }

  ArtifactStore artifacts() {
    return artifacts;
  }

  EventTopic topic() {
    return topic;
  }

  IngressFeature ingress() {
    return ingress;
  }

  CleanUp cleanUp() {
    return cleanUp;
  }
}
