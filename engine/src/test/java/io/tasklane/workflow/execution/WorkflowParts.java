package io.tasklane.workflow.execution;

import io.tasklane.dependency.DependencyResolver;
import io.tasklane.dependency.DependencyRules;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.ordering.OrderingGates;
import io.tasklane.resource.ResourceUnits;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.complete.ClaimHeads;
import io.tasklane.task.complete.CompleteRuns;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.complete.RunOutputs;
import io.tasklane.task.create.CopyTasks;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.due.ExpireTasks;
import io.tasklane.task.end.TaskEnds;
import io.tasklane.workflow.hold.WorkflowOrder;
import java.util.List;

/** The commands of one node. */
final class WorkflowParts {
  final ReadySignals nobody = (queue, task, priority) -> {};
  final DependencyResolver resolver = new DependencyRules();
  final CreateTasks creation = new CreateTasks(resolver, nobody);
  final Executions executions = new Executions(nobody);
  final ResourceUnits units = new ResourceUnits(nobody);
  final ResolveDependents dependents = new ResolveDependents(nobody);
  final TaskEnds ends =
      new TaskEnds(
          resolver,
          List.of(
              new OrderingGates(nobody), units, new WorkflowTasksEnded(executions), dependents));
  final ExpireTasks expiry = new ExpireTasks(ends, nobody);
  final CompleteTasks completions =
      new CompleteTasks(
          new CompleteRuns(new RunOutputs(creation), ends),
          dependents,
          new ClaimHeads(new ClaimConditions(List.of(units, new WorkflowOrder())), expiry));
  final CancelTasks cancels = new CancelTasks(ends);
  final CopyTasks copies;

  WorkflowParts(TaskAdmission admission) {
    copies = new CopyTasks(creation, admission::again);
    executions.use(new TaskOrders(admission, creation, cancels, copies));
  }
}
