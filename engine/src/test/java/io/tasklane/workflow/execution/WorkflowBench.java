package io.tasklane.workflow.execution;

import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.PlannedStarts;
import io.tasklane.json.JsonValue;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.queue.ownership.TakeQueues;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.schedule.ScheduleFeature;
import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.task.TaskNames;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.recover.LoseLeases;
import io.tasklane.task.row.TaskReader;
import io.tasklane.task.type.Handlers;
import io.tasklane.task.type.SystemTypes;
import io.tasklane.workflow.catalog.WorkflowCatalog;
import io.tasklane.workflow.catalog.WorkflowTemplateService;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.definition.WorkflowRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The store with one queue whose tasks the test runs by itself, and the words tests use on it. */
public final class WorkflowBench implements AutoCloseable {
  public static final String QUEUE = "DATA_FETCHER";
  public static final Actor ANN = new Actor("user:ann", "because");
  private static final int SLOTS = 1000;

  public final Database database;
  public final GroupCommitter committer;
  private final TaskAdmission admission;
  final WorkflowParts parts;
  public final WorkflowService workflows;
  public final WorkflowTemplateService templates;
  public final WorkflowCatalog catalog;
  final WorkflowStarts starts;
  final FireTimers timers;
  public Ownership owner;

  public WorkflowBench() {
    this(Postgres.empty());
  }

  WorkflowBench(Database database) {
    this.database = database;
    committer = new GroupCommitter(database, Thread::new, () -> {});
    get(
        committer.submit(
            new EnsureQueues(),
            List.of(
                new QueueSettings(
                    QUEUE,
                    QueuePolicy.STANDARD.withConcurrency(SLOTS),
                    RetryPolicy.attempts(1),
                    Duration.ofMinutes(1),
                    Duration.ofHours(1)))));
    QueueDirectory directory = new QueueDirectory(database);
    Handlers handlers = new Handlers(SystemTypes.all());
    TaskNames names = new TaskNames(Clock.systemUTC(), new Random(1));
    admission = new TaskAdmission(directory, handlers, names, Clock.systemUTC());
    parts = new WorkflowParts(admission);
    timers = new FireTimers(parts.executions);
    EngineContext context = new EngineContext(database, committer, parts.nobody, Clock.systemUTC());
    starts = new WorkflowStarts(names);
    catalog = new WorkflowCatalog(directory, handlers, database);
    templates = new WorkflowTemplateService(context, catalog);
    workflows =
        new WorkflowService(
            context,
            catalog,
            new WorkflowService.Commands(
                new StartWorkflows(parts.executions, starts),
                new ChangeWorkflows(parts.executions),
                new DeleteWorkflows()));
    own();
  }

  /** What starts workflows for other features. */
  public PlannedStarts starter() {
    return new WorkflowStarter(parts.executions, starts, catalog);
  }

  /** Schedules over this store, which tests look at by themselves. */
  public ScheduleFeature schedules(Duration keep) {
    EngineContext context = new EngineContext(database, committer, parts.nobody, Clock.systemUTC());
    return ScheduleFeature.of(context, parts.creation, parts.cancels, admission, starter(), keep);
  }

  private void own() {
    QueueKey queue = new QueueKey((int) Postgres.number(database, "SELECT id FROM queue"));
    Postgres.run(
        database, "INSERT INTO node_lease VALUES ('n1', 1, 1, false, 'h', 'f', now(), now())");
    owner =
        get(committer.submit(
                new TakeQueues(new LoseLeases(parts.ends, parts.nobody)),
                new TakeQueues.Take(queue, "n1", 1, true)))
            .orElseThrow();
  }

  /** What starts a workflow of this tree. */
  public static WorkflowRequest request(WorkflowDefinition definition, Map<String, Object> inputs) {
    Map<String, Payload> payloads = new HashMap<>();
    inputs.forEach((name, value) -> payloads.put(name, Payload.json(JsonValue.write(value))));
    return new WorkflowRequest(
        Optional.empty(), "", definition, new byte[] {1}, payloads, Optional.empty());
  }

  public Started start(Node root) {
    return start(root, Map.of());
  }

  public Started start(Node root, Map<String, Object> inputs) {
    return start(request(WorkflowDefinition.of(root), inputs));
  }

  public Started start(WorkflowRequest request) {
    try {
      return new Started(this, answer(workflows.start(request, change("start"))).workflowId());
    } catch (InvalidDefinitionException invalid) {
      throw new IllegalArgumentException(invalid.getMessage(), invalid);
    }
  }

  public static <T> Change<T> change(String method) {
    return new Change<>(
        new Caller(ANN.principal(), ""),
        method,
        Optional.empty(),
        new byte[16],
        done -> new byte[0]);
  }

  public static <T> T answer(CompletionStage<Answer<T>> stage) {
    return ((Answer.Fresh<T>) get(stage.toCompletableFuture())).value();
  }

  public static <T> T get(Future<T> future) {
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

  public <C, R> R submit(CommandKind<C, R> kind, C command) {
    return get(committer.submit(kind, command));
  }

  /** Fires timers. */
  public CommandKind<Integer, Integer> timers() {
    return timers;
  }

  /** Claims all tasks that are ready. */
  public void claimAll() {
    CompleteAndClaimResult result;
    do {
      result = submit(parts.completions, new CompleteAndClaim(owner, Optional.empty(), true));
    } while (result.claimed().isPresent());
  }

  /** Creates a task that belongs to no workflow. */
  Task create(TaskRequest request) {
    return submit(parts.creation, List.of(admission.admit(request, "", ANN.principal())))
        .get(0)
        .task();
  }

  /** Creates many of them in one command. */
  void create(TaskRequest request, int count) {
    submit(
        parts.creation,
        Stream.generate(() -> admission.admit(request, "", ANN.principal())).limit(count).toList());
  }

  public Task read(String taskId) {
    return database.with(c -> new TaskReader(c).require(taskId));
  }

  /** Ends the run of a task. */
  public Future<CompleteAndClaimResult> complete(GroupCommitter by, Task run, RunEnd end) {
    RunCompletion what = RunCompletion.of(end, run.retryPolicy(), run.attempt(), new Random(1));
    CompleteAndClaim.Completion completion =
        CompleteAndClaim.Completion.of(run, what, List.of(), "");
    return by.submit(
        parts.completions, new CompleteAndClaim(owner, Optional.of(completion), false));
  }

  public long count(String table) {
    return Postgres.number(database, "SELECT count(*) FROM " + table);
  }

  @Override
  public void close() {
    committer.close();
  }

  public static RunEnd succeeded(String json) {
    return new RunEnd.Succeeded(Payload.json(json), List.of());
  }

  public static RunEnd failed(String code) {
    return new RunEnd.Failed(
        new Failure(Failure.Kind.PERMANENT, code, "it broke", "", Instant.EPOCH),
        Optional.empty(),
        Optional.empty());
  }
}
