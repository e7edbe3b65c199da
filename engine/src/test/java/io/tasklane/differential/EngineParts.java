package io.tasklane.differential;

import io.tasklane.deadletter.DiscardDeadLetters;
import io.tasklane.dependency.DependencyResolver;
import io.tasklane.dependency.DependencyRules;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.key.QueueKey;
import io.tasklane.ordering.OrderingGates;
import io.tasklane.queue.admin.SetQueueState;
import io.tasklane.queue.ownership.TakeQueues;
import io.tasklane.resource.ChangeResources;
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
import io.tasklane.task.complete.ReportProgress;
import io.tasklane.task.complete.RunOutputs;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.due.ExpireTasks;
import io.tasklane.task.due.ReleaseDue;
import io.tasklane.task.end.TaskEnds;
import io.tasklane.task.recover.LoseLeases;
import io.tasklane.task.update.UpdateTasks;
import java.util.List;
import java.util.Optional;

/** The kinds of commands of the engine, put together as a node does. */
final class EngineParts {
  private final ReadySignals nobody = (queue, task, priority) -> {};
  private final DependencyResolver orchestrator = new DependencyRules();
  private final OrderingGates gates = new OrderingGates(nobody);
  private final ResourceUnits units = new ResourceUnits(nobody);
  private final ResolveDependents dependents = new ResolveDependents(nobody);
  private final TaskEnds ends = new TaskEnds(orchestrator, List.of(gates, units, dependents));

  /** An owner that waits for a task to be created, where one does. */
  Optional<IdleOwners.Idle> idle = Optional.empty();

  final ExpireTasks expiry = new ExpireTasks(ends, nobody);
  private final ClaimHeads claims = new ClaimHeads(new ClaimConditions(List.of(units)), expiry);
  final CreateTasks creation =
      new CreateTasks(orchestrator, nobody, queue -> idle, new ClaimStatement(claims.pieces()));
  private final CompleteRuns runs = new CompleteRuns(new RunOutputs(creation), ends);
  final CompleteTasks turns = new CompleteTasks(runs, dependents, claims);
  final CompleteGroups groups = new CompleteGroups(runs, claims);
  final ReportProgress reports = new ReportProgress();
  final CancelTasks cancels = new CancelTasks(ends);
  final UpdateTasks updates = new UpdateTasks(nobody);
  final ReleaseDue due = new ReleaseDue(gates, nobody);
  final TakeQueues takes = new TakeQueues(new LoseLeases(ends, nobody));
  final SetQueueState states = new SetQueueState(queue -> {});
  final ChangeResources resources = new ChangeResources(units);
  final DiscardDeadLetters discards = new DiscardDeadLetters();

  /** The wish of a node to own a queue whose owner is dead. */
  TakeQueues.Take take(int queue, String node, long start) {
    return new TakeQueues.Take(new QueueKey(queue), node, start, false);
  }
}
