package io.tasklane.workflow.execution;

import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.DependencyResolver;
import io.tasklane.dependency.DependencyRules;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.feature.EngineContext;
import io.tasklane.filter.WorkflowNodeFilter;
import io.tasklane.key.QueueKey;
import io.tasklane.ordering.OrderingGates;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.admin.EnsureQueues;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.queue.ownership.TakeQueues;
import io.tasklane.resource.ResourceUnits;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.task.TaskNames;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.complete.ClaimHeads;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompleteRuns;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.complete.RunOutputs;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.due.ExpireTasks;
import io.tasklane.task.end.TaskEnds;
import io.tasklane.task.recover.LoseLeases;
import io.tasklane.task.row.TaskReader;
import io.tasklane.task.type.Handlers;
import io.tasklane.task.type.SystemTypes;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.state.WorkflowNode;
import io.tasklane.workflow.store.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The store with one queue whose tasks the test runs by itself, and the words tests use on it. */
public final class WorkflowBench implements AutoCloseable {
  public static final String QUEUE = "DATA_FETCHER";
  public static final Actor ANN = new Actor("user:ann", "because");
  private static final int SLOTS = 1000;

  public final Database database = Postgres.empty();
  public final GroupCommitter committer = new GroupCommitter(database, Thread::new, () -> {});
  final Parts parts;
  public final WorkflowService workflows;
  final FireTimers timers;
  public Ownership owner;

  /** The commands of one node. */
  static final class Parts {
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
            new ClaimHeads(new ClaimConditions(List.of(units)), expiry));
    final CancelTasks cancels = new CancelTasks(ends);

    Parts(TaskAdmission admission) {
      executions.use(new TaskOrders(admission::admit, creation, cancels));
    }
  }

  public WorkflowBench() {
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
    TaskAdmission admission = new TaskAdmission(directory, handlers, names, Clock.systemUTC());
    parts = new Parts(admission);
    timers = new FireTimers(parts.executions);
    EngineContext context = new EngineContext(database, committer, parts.nobody, Clock.systemUTC());
    workflows =
        new WorkflowService(
            context,
            new WorkflowCatalog(directory, handlers),
            new WorkflowService.Commands(
                new StartWorkflows(parts.executions, names),
                new ChangeWorkflows(parts.executions),
                new DeleteWorkflows()));
    own();
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
      return new Started(answer(workflows.start(request, change("start"))).workflowId());
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

  /** A workflow that was started. */
  public final class Started {
    public final String id;

    Started(String id) {
      this.id = id;
    }

    public Workflow now() {
      return workflows.get(id);
    }

    public String state() {
      return now().status().state().name();
    }

    public String result() {
      return now().result().map(Payload::text).orElse("none");
    }

    public List<WorkflowNode> nodes() {
      return workflows.nodes(
          id, new WorkflowNodeFilter(Set.of(), Optional.empty()), Optional.empty(), 100_000);
    }

    public Optional<WorkflowNode> find(NodeKey key) {
      return nodes().stream().filter(node -> node.key().equals(key)).findFirst();
    }

    public NodeState state(String node, Integer... index) {
      return node(node, index).state();
    }

    public WorkflowNode node(String node, Integer... index) {
      return find(new NodeKey(node, List.of(index))).orElseThrow();
    }

    public boolean hasStarted(String node) {
      return find(NodeKey.of(node)).isPresent();
    }

    public Task task(String node, Integer... index) {
      return read(node(node, index).taskId().orElseThrow());
    }

    public String input(String node, Integer... index) {
      return task(node, index).input().text();
    }

    /** Runs the task of a node. */
    public void succeed(String node, String json, Integer... index) {
      end(task(node, index).taskId(), succeeded(json));
    }

    public void fail(String node, Integer... index) {
      end(task(node, index).taskId(), failed("BROKEN"));
    }

    private void end(String taskId, RunEnd end) {
      claimAll();
      get(complete(committer, read(taskId), end));
    }

    public Workflow cancel() {
      return answer(workflows.cancel(id, ANN, change("cancel")));
    }

    public Workflow pause() {
      return answer(workflows.pause(id, ANN, change("pause")));
    }

    public Workflow resume() {
      return answer(workflows.resume(id, ANN, change("resume")));
    }

    public Workflow retry(NodeKey... nodes) {
      return answer(workflows.retry(id, Set.of(nodes), ANN, change("retry")));
    }

    public WorkflowNode decide(String node, String principal, boolean approved) {
      return decide(NodeKey.of(node), principal, approved);
    }

    public WorkflowNode decide(NodeKey node, String principal, boolean approved) {
      Actor actor = new Actor(principal, "seen");
      return answer(workflows.decide(id, node, approved, actor, change("decide"))).nodes().get(0);
    }

    public void delete() throws Refusal {
      answer(workflows.delete(id, Optional.empty(), change("delete")));
    }
  }
}
