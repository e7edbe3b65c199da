package io.tasklane.workflow.execution;

import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.batch.BatchFeature;
import io.tasklane.batch.BatchKind;
import io.tasklane.batch.BatchOperation;
import io.tasklane.batch.BatchRequest;
import io.tasklane.batch.BatchService;
import io.tasklane.batch.BatchState;
import io.tasklane.batch.TargetActions;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Postgres;
import io.tasklane.feature.EngineContext;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.Task;
import io.tasklane.task.TaskNames;
import io.tasklane.task.TaskRequest;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.definition.Node;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/** Batch operations over the store of {@link WorkflowBench}, whose steps the test makes itself. */
public final class BatchBench {
  public final WorkflowBench bench;
  public final BatchService batches;
  public final EngineContext context;
  private final CommandKind<Integer, Integer> steps;

  public BatchBench(WorkflowBench bench) {
    this(
        bench,
        (batch, id, actor) ->
            new ChangeWorkflows(bench.parts.executions)
                .executeOne(
                    batch,
                    new ChangeWorkflows.Wanted(
                        id, new WorkflowEvent.CancelRequested(actor), actor)));
  }

  /** Workflows are cancelled so. */
  public BatchBench(WorkflowBench bench, TargetActions.WorkflowCancels workflows) {
    this.bench = bench;
    context =
        new EngineContext(bench.database, bench.committer, bench.parts.nobody, Clock.systemUTC());
    BatchFeature feature =
        BatchFeature.of(
            context,
            bench.parts.cancels,
            bench.parts.copies,
            workflows,
            new TaskNames(Clock.systemUTC(), new Random()));
    batches = (BatchService) feature.services().get(0);
    steps = feature.dueWork().get(0).command();
  }

  /** What does this to all that match. */
  public static BatchRequest request(BatchKind kind, String filter) {
    return request(kind, filter, 1000);
  }

  public static BatchRequest request(BatchKind kind, String filter, int perSecond) {
    Optional<Priority> priority =
        kind == BatchKind.SET_PRIORITY ? Optional.of(new Priority(9)) : Optional.empty();
    return new BatchRequest(kind, filter, priority, false, false, perSecond, WorkflowBench.ANN);
  }

  public BatchOperation start(BatchRequest request, long expected) {
    return WorkflowBench.answer(batches.start(request, expected, WorkflowBench.change("start")));
  }

  /** The answer to a request with an id, whose stored form is the name of the batch operation. */
  public Answer<BatchOperation> start(BatchRequest request, long expected, String requestId) {
    Change<BatchOperation> change =
        new Change<>(
            new Caller(WorkflowBench.ANN.principal(), ""),
            "start",
            Optional.of(requestId),
            new byte[16],
            started -> started.id().getBytes());
    return WorkflowBench.get(batches.start(request, expected, change).toCompletableFuture());
  }

  /** Makes a step, if one may begin; says whether it did something. */
  public boolean step(GroupCommitter by) {
    return WorkflowBench.get(by.submit(steps, 100)) > 0;
  }

  /** Makes a step at once, whatever the rate. */
  public boolean stepNow(GroupCommitter by) {
    Postgres.run(
        bench.database,
        """
        UPDATE batch_operation SET next_time = '-infinity' WHERE name IN (
          SELECT name FROM batch_operation WHERE state = 1 FOR UPDATE SKIP LOCKED)""");
    return step(by);
  }

  /** Makes steps at once until nothing runs. */
  public BatchOperation finish(String id) {
    Instant limit = Instant.now().plusSeconds(60);
    while (batches.get(id).state() == BatchState.RUNNING) {
      stepNow(bench.committer);
      if (Instant.now().isAfter(limit)) {
        throw new IllegalStateException("no end: " + batches.get(id));
      }
    }
    return batches.get(id);
  }

  /** Starts it, and makes all its steps. */
  public BatchOperation run(BatchRequest request, long expected) {
    return finish(start(request, expected).id());
  }

  /** A node whose task waits. */
  public static Node task(String id) {
    return Trees.task(id);
  }

  /** Creates so many tasks that wait. */
  public void create(int count) {
    bench.create(TaskRequest.of(WorkflowBench.QUEUE, "system.noop", Payload.json("{}")), count);
  }

  /** Creates one of this name. */
  public Task create(String id) {
    return bench.create(
        TaskRequest.of(WorkflowBench.QUEUE, "system.noop", Payload.json("{}")).withTaskId(id));
  }
}
