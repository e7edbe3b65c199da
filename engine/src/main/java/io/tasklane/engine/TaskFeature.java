package io.tasklane.engine;

import io.tasklane.dependency.DependencyResolver;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.CompletionListener;
import io.tasklane.feature.DueWork;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.EventCodec;
import io.tasklane.feature.Feature;
import io.tasklane.ordering.OrderingGates;
import io.tasklane.queue.limit.OpenQueues;
import io.tasklane.queue.limit.RateLimits;
import io.tasklane.queue.limit.TradingHours;
import io.tasklane.service.TaskService;
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
import io.tasklane.task.due.TaskDueWork;
import io.tasklane.task.end.TaskEnds;
import io.tasklane.task.explain.ExplainService;
import io.tasklane.task.recover.LoseLeases;
import io.tasklane.task.row.TaskEvents;
import io.tasklane.task.update.UpdateTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tasks as a feature of the engine.
 *
 * @param completions completes runs and claims the next tasks, one queue at a time
 * @param groups completes groups of runs and claims the next tasks
 * @param losses ends the leases of dead nodes
 * @param creation creates tasks
 * @param cancels cancels tasks
 * @param copies creates ended tasks that did not succeed once more
 * @param dueWork expires and releases tasks
 * @param services what edges may call
 */
record TaskFeature(
    CompleteTasks completions,
    CompleteGroups groups,
    LoseLeases losses,
    CreateTasks creation,
    CancelTasks cancels,
    CopyTasks copies,
    List<DueWork> dueWork,
    List<Object> services)
    implements Feature {
  /**
   * Puts the commands together.
   *
   * @param context of the engine
   * @param resolver of dependencies
   * @param joining features that take part in claims and in the ends of tasks
   * @param owners that wait for a task on this node
   * @param admission checks new tasks, and copies of old ones like new ones
   */
  static TaskFeature of(
      EngineContext context,
      DependencyResolver resolver,
      List<Feature> joining,
      IdleOwners owners,
      TaskAdmission admission) {
    ReadySignals signals = context.signals();
    OrderingGates gates = new OrderingGates(signals);
    ResolveDependents dependents = new ResolveDependents(signals);
    TaskEnds ends = new TaskEnds(resolver, listeners(gates, joining, dependents));
    ExpireTasks expiry = new ExpireTasks(ends, signals);
    ClaimHeads claims = new ClaimHeads(conditions(joining, signals), expiry);
    CreateTasks creation =
        new CreateTasks(resolver, signals, owners, new ClaimStatement(claims.pieces()));
    CompleteRuns runs = new CompleteRuns(new RunOutputs(creation), ends);
    CopyTasks copies = new CopyTasks(creation, admission::again);
    CancelTasks cancels = new CancelTasks(ends);
    TaskService.Commands commands =
        new TaskService.Commands(creation, new UpdateTasks(signals), cancels, copies);
    return new TaskFeature(
        new CompleteTasks(runs, dependents, claims),
        new CompleteGroups(runs, claims),
        new LoseLeases(ends, signals),
        creation,
        cancels,
        copies,
        dueWork(expiry, gates, signals),
        List.of(
            new TaskService(context, commands, admission),
            new ExplainService(context, claims.pieces().conditions())));
  }

  private static ClaimConditions conditions(List<Feature> joining, ReadySignals signals) {
    Stream<ClaimCondition> ofFeatures =
        joining.stream().flatMap(feature -> feature.claimConditions().stream());
    Stream<ClaimCondition> targets = joining.stream().flatMap(f -> f.claimTarget().stream());
    return new ClaimConditions(
        Stream.of(
                ofFeatures,
                Stream.<ClaimCondition>of(new TradingHours(signals), new RateLimits(signals)),
                targets)
            .flatMap(each -> each)
            .toList());
  }

  private static List<DueWork> dueWork(
      ExpireTasks expiry, OrderingGates gates, ReadySignals signals) {
    List<DueWork> all = new ArrayList<>(TaskDueWork.of(expiry, new ReleaseDue(gates, signals)));
    all.add(OpenQueues.dueWork(signals));
    return all;
  }

  /** Gates first, because their locks come first; dependents last, because they may end tasks. */
  private static List<CompletionListener> listeners(
      OrderingGates gates, List<Feature> joining, ResolveDependents dependents) {
    List<CompletionListener> all = new ArrayList<>();
    all.add(gates);
    joining.forEach(feature -> all.addAll(feature.completionListeners()));
    all.add(dependents);
    return all;
  }

  @Override
  public List<EventCodec> events() {
    return TaskEvents.CODECS;
  }
}
