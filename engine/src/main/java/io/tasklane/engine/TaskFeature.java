package io.tasklane.engine;

import io.tasklane.dependency.DependencyResolver;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.feature.DueWork;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.EventCodec;
import io.tasklane.feature.Feature;
import io.tasklane.ordering.OrderingGates;
import io.tasklane.resource.ResourceUnits;
import io.tasklane.service.TaskService;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.claim.IdleOwners;
import io.tasklane.task.complete.AfterCompletion;
import io.tasklane.task.complete.ClaimHead;
import io.tasklane.task.complete.CompleteGroups;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.complete.RunOutputs;
import io.tasklane.task.create.CopyTasks;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.due.ExpireTasks;
import io.tasklane.task.due.ReleaseDue;
import io.tasklane.task.due.TaskDueWork;
import io.tasklane.task.recover.LoseLeases;
import io.tasklane.task.row.TaskEvents;
import io.tasklane.task.type.Handlers;
import io.tasklane.task.update.UpdateTasks;
import java.util.List;

/**
 * Tasks as a feature of the engine.
 *
 * @param completions completes runs and claims the next tasks, one queue at a time
 * @param groups completes groups of runs and claims the next tasks
 * @param losses ends the leases of dead nodes
 * @param copies creates ended tasks that did not succeed once more
 * @param dueWork expires and releases tasks
 * @param services what edges may call
 */
record TaskFeature(
    CompleteTasks completions,
    CompleteGroups groups,
    LoseLeases losses,
    CopyTasks copies,
    List<DueWork> dueWork,
    List<Object> services)
    implements Feature {
  /**
   * Puts the commands together.
   *
   * @param context of the engine
   * @param resolver of dependencies
   * @param units of resources that runs hold
   * @param owners that wait for a task on this node
   * @param admission checks new tasks, and copies of old ones like new ones
   * @param handlers whose task types this node serves
   */
  static TaskFeature of(
      EngineContext context,
      DependencyResolver resolver,
      ResourceUnits units,
      IdleOwners owners,
      TaskAdmission admission,
      Handlers handlers) {
    ReadySignals signals = context.signals();
    OrderingGates gates = new OrderingGates(signals);
    ResolveDependents dependents = new ResolveDependents(resolver, gates, units, signals);
    ExpireTasks expiry = new ExpireTasks(dependents, signals);
    CreateTasks creation = new CreateTasks(resolver, signals, owners);
    RunOutputs outputs = new RunOutputs(creation);
    AfterCompletion after = new AfterCompletion(dependents, gates, units);
    CopyTasks copies = new CopyTasks(creation, admission::again);
    TaskService.Commands commands =
        new TaskService.Commands(
            creation, new UpdateTasks(signals), new CancelTasks(dependents), copies);
    return new TaskFeature(
        new CompleteTasks(outputs, after, new ClaimHead(units, expiry)),
        new CompleteGroups(outputs, after, expiry),
        new LoseLeases(dependents, units),
        copies,
        TaskDueWork.of(expiry, new ReleaseDue(gates, signals)),
        List.of(new TaskService(context, commands, admission, handlers)));
  }

  @Override
  public List<EventCodec> events() {
    return TaskEvents.CODECS;
  }
}
