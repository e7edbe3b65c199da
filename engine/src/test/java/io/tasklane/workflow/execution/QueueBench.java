package io.tasklane.workflow.execution;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.Ownership;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.feature.ClaimVerdict;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.queue.ownership.TakeQueues;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.recover.LoseLeases;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.hold.WorkflowOrder;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Three queues beside that of the bench, whose tasks the test claims and ends by itself. */
final class QueueBench implements AutoCloseable {
  final WorkflowBench bench = new WorkflowBench();
  private final Map<String, Ownership> owners = new LinkedHashMap<>();

  QueueBench() {
    for (String queue : List.of("A", "B", "C")) {
      open(queue);
    }
  }

  /** Creates a queue of this name, and owns it. */
  void open(String queue) {
    bench.submit(
        new EnsureQueues(),
        List.of(
            new QueueSettings(
                queue,
                QueuePolicy.STANDARD.withConcurrency(1000),
                RetryPolicy.attempts(1),
                Duration.ofMinutes(1),
                Duration.ofHours(1))));
    owners.put(
        queue,
        bench
            .submit(
                new TakeQueues(new LoseLeases(bench.parts.ends, bench.parts.nobody)),
                new TakeQueues.Take(key(queue), "n1", 1, true))
            .orElseThrow());
  }

  QueueKey key(String queue) {
    return bench.database.with(
        c ->
            NamedSql.on(c, "SELECT id FROM queue WHERE name = :name AND delete_time IS NULL")
                .set("name", queue)
                .one(row -> new QueueKey(row.getInt(1))));
  }

  static Node queue(String id, String queue) {
    return queue(id, queue, FailurePolicy.WAIT_ALL, true);
  }

  static Node queue(String id, String queue, FailurePolicy policy, boolean hold) {
    return Node.of(id, new QueueRun(queue, policy, hold));
  }

  static TaskRequest request(String queue) {
    return TaskRequest.of(queue, "system.echo", Payload.json("{}"));
  }

  /** Creates tasks of no workflow. */
  List<String> add(String queue, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(bench.create(request(queue)).taskId());
    }
    return names;
  }

  /** Claims the next task of a queue, if one may start. */
  Optional<Task> claim(String queue) {
    return claim(bench.committer, queue);
  }

  Optional<Task> claim(GroupCommitter by, String queue) {
    return WorkflowBench.get(
            by.submit(
                bench.parts.completions,
                new CompleteAndClaim(owners.get(queue), Optional.empty(), true)))
        .claimed();
  }

  /** Claims tasks until none may start. */
  List<String> claimAll(String queue) {
    List<String> names = new ArrayList<>();
    for (Optional<Task> next = claim(queue); next.isPresent(); next = claim(queue)) {
      names.add(next.get().taskId());
    }
    return names;
  }

  void succeed(String taskId) {
    end(taskId, WorkflowBench.succeeded("1"));
  }

  void fail(String taskId) {
    end(taskId, WorkflowBench.failed("BROKEN"));
  }

  /** A run fails, and its task waits for a retry. */
  void retryLater(String taskId) {
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "AWAY", "it is away", "", Instant.EPOCH);
    end(taskId, new RunEnd.Failed(failure, Optional.empty(), Optional.empty()));
  }

  /** A run ends because its task is cancelled. */
  void stop(String taskId) {
    end(taskId, new RunEnd.Stopped(Optional.empty()));
  }

  void cancel(String taskId) {
    bench.submit(bench.parts.cancels, new CancelTasks.Cancel(taskId, WorkflowBench.ANN, false));
  }

  /** What the strict order of queues says about a waiting task. */
  ClaimVerdict verdict(String taskId) {
    return bench.submit(new Check(), bench.read(taskId).id());
  }

  private record Check() implements SingleCommand<TaskKey, ClaimVerdict> {
    @Override
    public CommandOrder order() {
      return CommandOrder.ENSURE_QUEUES;
    }

    @Override
    public Outcome<ClaimVerdict> executeOne(Batch batch, TaskKey task) throws SQLException {
      return Outcome.done(new WorkflowOrder().check(batch, task));
    }
  }

  private void end(String taskId, RunEnd end) {
    Task run = bench.read(taskId);
    RunCompletion what = RunCompletion.of(end, run.retryPolicy(), run.attempt(), new Random(1));
    bench.submit(
        bench.parts.completions,
        new CompleteAndClaim(
            owners.get(run.queue()),
            Optional.of(CompleteAndClaim.Completion.of(run, what, List.of(), "")),
            false));
  }

  /** Claims and ends all tasks of a queue. */
  int runAll(String queue) {
    List<String> claimed = claimAll(queue);
    claimed.forEach(this::succeed);
    return claimed.size();
  }

  /** Cancels what is to be cancelled in batches; how many commands it took. */
  int cancelAll(int limit) {
    int commands = 0;
    while (bench.submit(new CancelNodes(bench.parts.executions), limit) > 0) {
      commands++;
    }
    return commands;
  }

  @Override
  public void close() {
    bench.close();
  }
}
