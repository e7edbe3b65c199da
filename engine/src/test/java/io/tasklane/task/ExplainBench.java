package io.tasklane.task;

import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.explain.Blocker;
import io.tasklane.explain.Explanation;
import io.tasklane.feature.EngineContext;
import io.tasklane.queue.Durability;
import io.tasklane.queue.limit.RateLimits;
import io.tasklane.queue.limit.TradingHours;
import io.tasklane.resource.ChangeResources;
import io.tasklane.resource.ResourceLimits;
import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.complete.ClaimHeads;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompleteGroups;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.complete.GroupCompletion;
import io.tasklane.task.complete.GroupResult;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.explain.ExplainService;
import io.tasklane.task.recover.SuspectRules;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.Timeouts;
import io.tasklane.workflow.hold.WorkflowOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A store whose claims meet the conditions of all features, and which explains its tasks. */
final class ExplainBench implements AutoCloseable {
  static final String RESOURCE = "r";
  private static final int PLACES = Durability.CLAIMS_AHEAD;

  final StoreBench store = new StoreBench();
  final SuspectRules suspects = new SuspectRules(store.nobody);
  final ClaimConditions conditions =
      new ClaimConditions(
          List.of(
              store.units,
              suspects.condition(),
              new WorkflowOrder(),
              new TradingHours(store.nobody),
              new RateLimits(store.nobody)));
  final ExplainService service =
      new ExplainService(
          new EngineContext(store.database, store.committer, store.nobody, Clock.systemUTC()),
          conditions);
  private final ChangeResources resources = new ChangeResources(store.units);
  private final ClaimHeads claims = new ClaimHeads(conditions, store.expiry);
  private final CompleteTasks completions = new CompleteTasks(store.runs, store.dependents, claims);
  private final CompleteGroups groups = new CompleteGroups(store.runs, claims);
  private final Map<String, Task> runs = new HashMap<>();
  private long start = 1;
  private Ownership owner;

  ExplainBench() {
    StoreBench.get(
        store.committer.submit(
            resources, new ChangeResources.Create(RESOURCE, ResourceLimits.capacity(5))));
    own();
  }

  /** The node owns the queue in a new start; what ran in the one before is lost. */
  void own() {
    store.live("n1", ++start);
    renew();
    owner = store.take("n1", start).orElseThrow();
    runs.clear();
  }

  void renew() {
    Postgres.run(store.database, "UPDATE node_lease SET renew_time = now(), dead = false");
  }

  void capacity(int units) {
    StoreBench.get(
        store.committer.submit(
            resources,
            new ChangeResources.Update(
                RESOURCE, Optional.empty(), before -> ResourceLimits.capacity(units))));
  }

  NewTask task(
      String name, int priority, StartConditions start, RunRules rules, Optional<Duration> wait) {
    NewTask task = store.named(name, priority);
    TaskSpec spec = task.spec();
    return task.with(
        new TaskSpec(
            name,
            spec.queue(),
            spec.taskType(),
            spec.input(),
            spec.priority(),
            spec.retryPolicy(),
            new Timeouts(
                spec.timeouts().attempt(), wait, Optional.empty(), spec.timeouts().cancelGrace()),
            spec.resultTtl(),
            spec.labels(),
            start,
            spec.deduplicationKey(),
            rules));
  }

  Task create(String name, int priority) {
    return store.create(
        task(name, priority, StartConditions.NONE, RunRules.NONE, Optional.empty()));
  }

  Explanation explain(String taskId) {
    return service.explain(taskId);
  }

  List<Blocker> blockers(String taskId) {
    return explain(taskId).blockers();
  }

  /**
   * What a claim has found.
   *
   * @param claimed the task that starts
   * @param again whether its owner asks again at once, because a task was ended that had no time
   */
  record Step(Optional<Task> claimed, boolean again) {}

  /** The task that the queue starts next, as its owner claims it; empty where it starts none. */
  Optional<Task> claim(Durability durability) {
    Step step = claimOnce(durability);
    while (step.again()) {
      step = claimOnce(durability);
    }
    return step.claimed();
  }

  /** The same, without asking again. */
  Step claimOnce(Durability durability) {
    if (durability == Durability.GROUPED) {
      GroupResult group = ahead();
      if (group.claimStatus() != ClaimStatus.HEAD_ALONE) {
        Optional<Task> first = group.claimed().stream().findFirst();
        return new Step(first, first.isEmpty() && group.claimStatus() == ClaimStatus.MORE);
      }
    }
    CompleteAndClaimResult one =
        StoreBench.get(
            store.committer.submit(
                completions, new CompleteAndClaim(owner, Optional.empty(), true)));
    one.claimed().ifPresent(task -> runs.put(task.taskId(), task));
    return new Step(one.claimed(), one.claimStatus() == ClaimStatus.ASK_AGAIN);
  }

  private GroupResult ahead() {
    int concurrency =
        (int) Postgres.number(store.database, "SELECT concurrency FROM queue_owner LIMIT 1");
    GroupResult result =
        StoreBench.get(
            store.committer.submit(
                groups, new GroupCompletion(owner, List.of(), PLACES + concurrency - 1)));
    result.claimed().forEach(task -> runs.put(task.taskId(), task));
    return result;
  }

  /** The run of this task ends so. */
  void complete(String taskId, RunEnd end) {
    Task run = runs.remove(taskId);
    CompleteAndClaim.Completion completion =
        CompleteAndClaim.Completion.of(
            run,
            RunCompletion.of(end, run.retryPolicy(), run.attempt(), new Random(1)),
            List.of(),
            "");
    StoreBench.get(
        store.committer.submit(
            completions, new CompleteAndClaim(owner, Optional.of(completion), false)));
  }

  /** The task ends, whatever it does now. */
  void end(String taskId) {
    TaskState state = store.read(taskId).state();
    if (state == TaskState.RUNNING) {
      complete(taskId, StoreBench.succeeded());
    } else if (!state.isFinal()) {
      store.cancel(taskId);
    }
  }

  void releaseDue() {
    StoreBench.get(store.committer.submit(store.due, 500));
  }

  /** Nothing is left of any task. */
  void clear() {
    Postgres.run(
        store.database,
        """
        TRUNCATE task, task_ready, task_aside, task_due, task_blocked, task_lease, task_end,
          task_deadline, task_need, ordering_gate, ordering_line, task_resource, resource_start,
          task_suspect, queue_rate, queue_start, queue_calendar, task_attempt, task_label,
          task_deduplication, dead_letter, queue_hold""");
    runs.clear();
  }

  @Override
  public void close() {
    store.close();
  }
}
