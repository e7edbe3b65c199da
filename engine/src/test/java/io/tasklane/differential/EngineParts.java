package io.tasklane.differential;

import io.tasklane.deadletter.DiscardDeadLetters;
import io.tasklane.dependency.DependencyResolver;
import io.tasklane.dependency.DependencyRules;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.ordering.OrderingGates;
import io.tasklane.queue.admin.SetQueueState;
import io.tasklane.queue.ownership.TakeQueues;
import io.tasklane.resource.ChangeResources;
import io.tasklane.resource.ResourceUnits;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.claim.IdleOwners;
import io.tasklane.task.complete.AfterCompletion;
import io.tasklane.task.complete.ClaimHead;
import io.tasklane.task.complete.CompleteGroups;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.complete.ReportProgress;
import io.tasklane.task.complete.RunOutputs;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.due.ExpireTasks;
import io.tasklane.task.due.ReleaseDue;
import io.tasklane.task.recover.LoseLeases;
import io.tasklane.task.update.UpdateTasks;
import java.util.Optional;

/** The kinds of commands of the engine, put together as a node does. */
final class EngineParts {
  private final ReadySignals nobody = (queue, task, priority) -> {};
  private final DependencyResolver orchestrator = new DependencyRules();
  private final OrderingGates gates = new OrderingGates(nobody);
  private final ResourceUnits units = new ResourceUnits(nobody);
  private final ResolveDependents dependents =
      new ResolveDependents(orchestrator, gates, units, nobody);
  private final AfterCompletion aftermath = new AfterCompletion(dependents, gates, units);

  /** An owner that waits for a task to be created, where one does. */
  Optional<IdleOwners.Idle> idle = Optional.empty();

  final ExpireTasks expiry = new ExpireTasks(dependents, nobody);
  final CreateTasks creation = new CreateTasks(orchestrator, nobody, queue -> idle);
  private final RunOutputs leavings = new RunOutputs(creation);
  final CompleteTasks turns = new CompleteTasks(leavings, aftermath, new ClaimHead(units, expiry));
  final CompleteGroups groups = new CompleteGroups(leavings, aftermath, expiry);
  final ReportProgress reports = new ReportProgress();
  final CancelTasks cancels = new CancelTasks(dependents);
  final UpdateTasks updates = new UpdateTasks(nobody);
  final ReleaseDue due = new ReleaseDue(gates, nobody);
  final TakeQueues takes = new TakeQueues(new LoseLeases(dependents, units));
  final SetQueueState states = new SetQueueState(queue -> {});
  final ChangeResources resources = new ChangeResources(units);
  final DiscardDeadLetters discards = new DiscardDeadLetters();

  /** The wish of a node to own a queue whose owner is dead. */
  TakeQueues.Take take(int queue, String node, long start) {
    return new TakeQueues.Take(queue, node, start, false);
  }
}
