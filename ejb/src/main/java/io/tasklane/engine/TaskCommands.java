package io.tasklane.engine;

import io.tasklane.deadletter.store.DiscardDeadLetters;
import io.tasklane.dependency.Orchestrator;
import io.tasklane.dependency.store.TellDependents;
import io.tasklane.ordering.store.OrderingGates;
import io.tasklane.resource.store.ChangeResources;
import io.tasklane.resource.store.RefillResources;
import io.tasklane.resource.store.ResourceUnits;
import io.tasklane.task.TaskAdmission;
import io.tasklane.task.store.Aftermath;
import io.tasklane.task.store.CancelTasks;
import io.tasklane.task.store.CreateTasks;
import io.tasklane.task.store.ExpireTasks;
import io.tasklane.task.store.HeadClaims;
import io.tasklane.task.store.Hints;
import io.tasklane.task.store.IdleOwners;
import io.tasklane.task.store.LoseLeases;
import io.tasklane.task.store.ReleaseDue;
import io.tasklane.task.store.RepeatTasks;
import io.tasklane.task.store.RunLeavings;
import io.tasklane.task.store.TakeGroups;
import io.tasklane.task.store.TakeTurns;
import io.tasklane.task.store.UpdateTasks;

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
    RepeatTasks repeats,
    DiscardDeadLetters discards,
    ReleaseDue due,
    ExpireTasks expiry,
    TakeTurns turns,
    TakeGroups groups,
    LoseLeases losses,
    ChangeResources resources,
    RefillResources refills) {
  /** Commands that tell these what waits, and admit copies of old tasks like new ones. */
  static TaskCommands telling(
      Orchestrator orchestrator, Hints hints, IdleOwners owners, TaskAdmission admission) {
    OrderingGates gates = new OrderingGates(hints);
    ResourceUnits units = new ResourceUnits(hints);
    TellDependents dependents = new TellDependents(orchestrator, gates, units, hints);
    ExpireTasks expiry = new ExpireTasks(dependents, hints);
    CreateTasks creation = new CreateTasks(orchestrator, hints, owners);
    RunLeavings leavings = new RunLeavings(creation);
    Aftermath aftermath = new Aftermath(dependents, gates, units);
    return new TaskCommands(
        creation,
        new UpdateTasks(hints),
        new CancelTasks(dependents),
        new RepeatTasks(creation, admission::again),
        new DiscardDeadLetters(),
        new ReleaseDue(gates, hints),
        expiry,
        new TakeTurns(leavings, aftermath, new HeadClaims(units, expiry)),
        new TakeGroups(leavings, aftermath, expiry),
        new LoseLeases(dependents, units),
        new ChangeResources(units),
        new RefillResources(units));
  }
}
