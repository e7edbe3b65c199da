package io.tasklane.engine;

import io.tasklane.deadletter.DiscardDeadLetters;
import io.tasklane.dependency.DependencyResolver;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.ordering.OrderingGates;
import io.tasklane.resource.ChangeResources;
import io.tasklane.resource.RefillResources;
import io.tasklane.resource.ResourceUnits;
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
import io.tasklane.task.recover.LoseLeases;
import io.tasklane.task.update.UpdateTasks;

/**
 * The commands that change tasks.
 *
 * @param creation creates them
 * @param updates changes waiting ones
 * @param cancels cancels them
 * @param repeats retries ended tasks that did not succeed
 * @param discards discards dead letters
 * @param due releases what is due
 * @param expiry ends tasks that did not start in time
 * @param completions completes and claims
 * @param groups completes and claims many at once
 * @param losses ends the leases of dead nodes
 * @param resources creates, changes and deletes resources
 * @param refills releases tasks that wait for units of them
 */
public record TaskCommands(
    CreateTasks creation,
    UpdateTasks updates,
    CancelTasks cancels,
    CopyTasks repeats,
    DiscardDeadLetters discards,
    ReleaseDue due,
    ExpireTasks expiry,
    CompleteTasks completions,
    CompleteGroups groups,
    LoseLeases losses,
    ChangeResources resources,
    RefillResources refills) {
  /**
   * Creates commands that send these ready signals, and admit copies of old tasks like new ones.
   */
  static TaskCommands signalling(
      DependencyResolver resolver,
      ReadySignals signals,
      IdleOwners owners,
      TaskAdmission admission) {
    OrderingGates gates = new OrderingGates(signals);
    ResourceUnits units = new ResourceUnits(signals);
    ResolveDependents dependents = new ResolveDependents(resolver, gates, units, signals);
    ExpireTasks expiry = new ExpireTasks(dependents, signals);
    CreateTasks creation = new CreateTasks(resolver, signals, owners);
    RunOutputs leavings = new RunOutputs(creation);
    AfterCompletion aftermath = new AfterCompletion(dependents, gates, units);
    return new TaskCommands(
        creation,
        new UpdateTasks(signals),
        new CancelTasks(dependents),
        new CopyTasks(creation, admission::again),
        new DiscardDeadLetters(),
        new ReleaseDue(gates, signals),
        expiry,
        new CompleteTasks(leavings, aftermath, new ClaimHead(units, expiry)),
        new CompleteGroups(leavings, aftermath, expiry),
        new LoseLeases(dependents, units),
        new ChangeResources(units),
        new RefillResources(units));
  }
}
