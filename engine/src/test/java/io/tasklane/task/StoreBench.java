package io.tasklane.task;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.DependencyResolver;
import io.tasklane.dependency.DependencyRules;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.key.QueueKey;
import io.tasklane.ordering.OrderingGates;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.queue.admin.SetQueueState;
import io.tasklane.queue.ownership.HandOver;
import io.tasklane.queue.ownership.TakeQueues;
import io.tasklane.resource.ResourceUnits;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.schedule.ScheduledRuns;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.complete.ClaimHeads;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompleteGroups;
import io.tasklane.task.complete.CompleteRuns;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.complete.RunOutputs;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.due.ExpireTasks;
import io.tasklane.task.due.ReleaseDue;
import io.tasklane.task.end.TaskEnds;
import io.tasklane.task.recover.LoseLeases;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.NewTasks;
import io.tasklane.task.row.TaskReader;
import io.tasklane.task.update.UpdateTasks;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The store with one queue and one living node, and the words tests use on it. */
final class StoreBench implements AutoCloseable {
  static final String QUEUE = "Q";
  final Database database;
  final GroupCommitter committer;
  final DependencyResolver resolver = new DependencyRules();
  final ReadySignals nobody = (queue, task, priority) -> {};
  final OrderingGates gates = new OrderingGates(nobody);
  final ResourceUnits units = new ResourceUnits(nobody);
  final ResolveDependents dependents = new ResolveDependents(nobody);
  final TaskEnds ends =
      new TaskEnds(resolver, List.of(gates, units, new ScheduledRuns(nobody), dependents));
  final ExpireTasks expiry = new ExpireTasks(ends, nobody);
  final CreateTasks creation = new CreateTasks(resolver, nobody);
  final CompleteRuns runs = new CompleteRuns(new RunOutputs(creation), ends);
  final ClaimHeads claims = new ClaimHeads(new ClaimConditions(List.of(units)), expiry);
  final CompleteTasks completions = new CompleteTasks(runs, dependents, claims);
  final CompleteGroups groups = new CompleteGroups(runs, claims);
  final CancelTasks cancels = new CancelTasks(ends);
  final UpdateTasks updates = new UpdateTasks(nobody);
  final ReleaseDue due = new ReleaseDue(gates, nobody);
  final TakeQueues takes = new TakeQueues(new LoseLeases(ends, nobody));
  final HandOver handOver = new HandOver();
  final SetQueueState states = new SetQueueState(queue -> {});
  final QueueKey queue;

  StoreBench() {
    this(Postgres.empty());
  }

  /** On a database that is empty and migrated. */
  StoreBench(Database database) {
    this.database = database;
    committer = new GroupCommitter(database, Thread::new, () -> {});
    get(
        committer.submit(
            new EnsureQueues(),
            List.of(
                new QueueSettings(
                    QUEUE,
                    QueuePolicy.STANDARD,
                    RetryPolicy.DEFAULT,
                    Duration.ofMinutes(1),
                    Duration.ofHours(1)))));
    queue =
        new QueueKey(
            (int) Postgres.number(database, "SELECT id FROM queue WHERE name = '" + QUEUE + "'"));
    live("n1", 1);
  }

  /** Makes a node live, in this start of it. */
  void live(String node, long incarnation) {
    Postgres.run(
        database,
        "INSERT INTO node_lease VALUES ('"
            + node
            + "', "
            + incarnation
            + ", 1, false, 'h', 'f', now(), now()) ON CONFLICT (node) DO UPDATE SET incarnation = "
            + incarnation
            + ", dead = false");
  }

  void declareDead(String node) {
    Postgres.run(database, "UPDATE node_lease SET dead = true WHERE node = '" + node + "'");
  }

  Optional<Ownership> take(String node, long incarnation) {
    return get(committer.submit(takes, new TakeQueues.Take(queue, node, incarnation, true)));
  }

  NewTask task(int priority) {
    return named(UUID.randomUUID().toString(), priority);
  }

  NewTask named(String name, int priority) {
    return NewTasks.of(
        name,
        true,
        queue.value(),
        QUEUE,
        "system.noop",
        Payload.json("{}"),
        new Priority(priority),
        RetryPolicy.DEFAULT,
        Duration.ofMinutes(1),
        Duration.ofHours(1),
        Map.of(),
        StartConditions.NONE,
        Optional.empty(),
        "tester",
        "");
  }

  /** A task for another queue than the bench's own. */
  NewTask forQueue(int key, String queueId) {
    NewTask task = task(5);
    return NewTasks.of(
        task.taskId(),
        true,
        key,
        queueId,
        task.spec().taskType(),
        task.spec().input(),
        task.priority(),
        task.spec().retryPolicy(),
        task.spec().timeouts().attempt(),
        task.spec().resultTtl(),
        task.spec().labels(),
        task.start(),
        task.deduplicationKey(),
        task.principal(),
        task.path());
  }

  Task create(NewTask task) {
    return get(committer.submit(creation, List.of(task))).get(0).task();
  }

  CompleteAndClaimResult claim(Ownership owner) {
    return get(committer.submit(completions, new CompleteAndClaim(owner, Optional.empty(), true)));
  }

  CompleteAndClaimResult complete(Ownership owner, Task run, RunEnd end, boolean claimNext) {
    RunCompletion what = RunCompletion.of(end, run.retryPolicy(), run.attempt(), new Random(1));
    CompleteAndClaim.Completion completion =
        CompleteAndClaim.Completion.of(run, what, List.of(), "a line");
    return get(
        committer.submit(
            completions, new CompleteAndClaim(owner, Optional.of(completion), claimNext)));
  }

  /** Hands the settlement in, and waits for nothing. */
  Future<CompleteAndClaimResult> submitCompletion(Ownership owner, Task run, RunEnd end) {
    RunCompletion what = RunCompletion.of(end, run.retryPolicy(), run.attempt(), new Random(1));
    CompleteAndClaim.Completion completion =
        CompleteAndClaim.Completion.of(run, what, List.of(), "a line");
    return committer.submit(
        completions, new CompleteAndClaim(owner, Optional.of(completion), false));
  }

  static RunEnd succeeded() {
    return new RunEnd.Succeeded(Payload.json("{\"ok\":true}"), List.of());
  }

  Task read(String taskId) {
    try (Connection connection = database.read()) {
      return new TaskReader(connection).require(taskId);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  boolean exists(String taskId) {
    return count("task WHERE name = '" + taskId + "'") == 1;
  }

  Task cancel(String taskId) {
    return get(committer.submit(cancels, cancelOf(taskId)));
  }

  static CancelTasks.Cancel cancelOf(String taskId) {
    return new CancelTasks.Cancel(taskId, new Actor("tester", "test"), false);
  }

  long count(String table) {
    return Postgres.number(database, "SELECT count(*) FROM " + table);
  }

  static <T> T get(Future<T> future) {
    try {
      return future.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException | TimeoutException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    MovesSeen.register(database);
    committer.close();
    SideTables.agree(database);
  }
}
