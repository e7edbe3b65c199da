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
import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.claim.ClaimStatement;
import io.tasklane.task.claim.IdleOwners;
import io.tasklane.task.complete.ClaimHeads;
import io.tasklane.task.complete.CompleteGroups;
import io.tasklane.task.complete.CompleteRuns;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.complete.RunOutputs;
import io.tasklane.task.create.CopyTasks;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.due.ExpireTasks;
import io.tasklane.task.due.ReleaseDue;
import io.tasklane.task.end.TaskEnds;
import io.tasklane.task.recover.LoseLeases;
import io.tasklane.task.update.UpdateTasks;
import java.util.List;

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
    ResolveDependents dependents = new ResolveDependents(signals);
    TaskEnds ends = new TaskEnds(resolver, List.of(gates, units, dependents));
    ExpireTasks expiry = new ExpireTasks(ends, signals);
    ClaimHeads claims = new ClaimHeads(new ClaimConditions(List.of(units)), expiry);
    CreateTasks creation =
        new CreateTasks(resolver, signals, owners, new ClaimStatement(claims.pieces()));
    CompleteRuns runs = new CompleteRuns(new RunOutputs(creation), ends);
    return new TaskCommands(
        creation,
        new UpdateTasks(signals),
        new CancelTasks(ends),
        new CopyTasks(creation, admission::again),
        new DiscardDeadLetters(),
        new ReleaseDue(gates, signals),
        expiry,
        new CompleteTasks(runs, dependents, claims),
        new CompleteGroups(runs, claims),
        new LoseLeases(ends),
        new ChangeResources(units),
        new RefillResources(units));
  }
}
