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
 * What changes tasks.
 *
 * @param creation creates them
 * @param updates changes those that wait
 * @param cancels ends them, or asks them to stop
 * @param repeats runs again what ended without success
 * @param discards puts dead letters away
 * @param due releases what has come due
 * @param expiry ends what was not started in time
 * @param turns settles and claims
 * @param groups settles and claims many at once
 * @param losses ends the leases of the dead
 * @param resources creates, changes and deletes resources
 * @param refills gives back what waits for units of them
 */
public record TaskCommands(
    CreateTasks creation,
    UpdateTasks updates,
    CancelTasks cancels,
    CopyTasks repeats,
    DiscardDeadLetters discards,
    ReleaseDue due,
    ExpireTasks expiry,
    CompleteTasks turns,
    CompleteGroups groups,
    LoseLeases losses,
    ChangeResources resources,
    RefillResources refills) {
  /** Commands that tell these what waits, and admit copies of old tasks like new ones. */
  static TaskCommands telling(
      DependencyResolver resolver, ReadySignals hints, IdleOwners owners, TaskAdmission admission) {
    OrderingGates gates = new OrderingGates(hints);
    ResourceUnits units = new ResourceUnits(hints);
    ResolveDependents dependents = new ResolveDependents(resolver, gates, units, hints);
    ExpireTasks expiry = new ExpireTasks(dependents, hints);
    CreateTasks creation = new CreateTasks(resolver, hints, owners);
    RunOutputs leavings = new RunOutputs(creation);
    AfterCompletion aftermath = new AfterCompletion(dependents, gates, units);
    return new TaskCommands(
        creation,
        new UpdateTasks(hints),
        new CancelTasks(dependents),
        new CopyTasks(creation, admission::again),
        new DiscardDeadLetters(),
        new ReleaseDue(gates, hints),
        expiry,
        new CompleteTasks(leavings, aftermath, new ClaimHead(units, expiry)),
        new CompleteGroups(leavings, aftermath, expiry),
        new LoseLeases(dependents, units),
        new ChangeResources(units),
        new RefillResources(units));
  }
}
