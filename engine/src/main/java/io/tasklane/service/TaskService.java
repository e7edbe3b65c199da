package io.tasklane.service;

import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.api.CopyOptions;
import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.api.TaskPage;
import io.tasklane.api.TaskQuery;
import io.tasklane.commit.RequestLog;
import io.tasklane.feature.EngineContext;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Attempt;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.create.CopyTasks;
import io.tasklane.task.create.CreateTasks;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.list.AttemptReader;
import io.tasklane.task.list.TaskSearch;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.TaskReader;
import io.tasklane.task.update.TaskUpdate;
import io.tasklane.task.update.UpdateTasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Creates, finds, changes, cancels and retries tasks. */
public class TaskService {
  private final EngineContext engine;
  private final Commands commands;
  private final TaskAdmission admission;

  /**
   * The commands that it submits.
   *
   * @param creation creates tasks
   * @param updates changes waiting ones
   * @param cancels cancels them
   * @param copies retries ended tasks that did not succeed
   */
  public record Commands(
      CreateTasks creation, UpdateTasks updates, CancelTasks cancels, CopyTasks copies) {}

  /** For subclasses, such as test doubles of the edges. */
  protected TaskService() {
    this(null, null, null);
  }

  /**
   * The service of an engine.
   *
   * @param engine where tasks are
   * @param commands that change them
   * @param admission checks new ones
   */
  public TaskService(EngineContext engine, Commands commands, TaskAdmission admission) {
    this.engine = engine;
    this.commands = commands;
    this.admission = admission;
  }

  /**
   * Creates a task; the stage completes when it is durable.
   *
   * @throws Refusal (in the stage) INVALID_ARGUMENT with the field: QUEUE_UNKNOWN,
   *     TASK_TYPE_UNKNOWN, TASK_TYPE_NOT_ACCEPTED, INPUT_SCHEMA, INVALID_FIELD, PAYLOAD_TOO_LARGE,
   *     ARTIFACT_UNKNOWN, DEPENDENCY_UNKNOWN, DEPENDENCY_CYCLE, REQUEST_ID_REUSED; ALREADY_EXISTS:
   *     TASK_EXISTS; FAILED_PRECONDITION: QUEUE_DRAINING; UNAVAILABLE: DATABASE_UNAVAILABLE
   */
  public CompletionStage<Answer<Creation>> submit(TaskRequest request, Change<Creation> change) {
    Change<List<Creation>> ofList = ofList(change);
    return admitted(
            () -> List.of(admit(request, "", change.caller())),
            ofList,
            tasks -> create(tasks, ofList))
        .thenApply(TaskService::single);
  }

  /**
   * Creates one of many tasks that come one after another, as {@link #submit} does. It never waits
   * for a commit, so that the caller can hand in the next tasks for the same commit.
   */
  public CompletionStage<Answer<Creation>> handIn(TaskRequest request, Change<Creation> change) {
    Change<List<Creation>> ofList = ofList(change);
    return admitted(
            () -> List.of(admit(request, "", change.caller())),
            ofList,
            tasks -> engine.committer().handIn(commands.creation(), tasks, ofList))
        .thenApply(TaskService::single);
  }

  private static Change<List<Creation>> ofList(Change<Creation> change) {
    return new Change<>(
        change.caller(),
        change.method(),
        change.requestId(),
        change.bodyHash(),
        created -> change.encoder().apply(created.get(0)));
  }

  private static Answer<Creation> single(Answer<List<Creation>> answer) {
    return map(answer, created -> created.get(0));
  }

  /** Creates all or none, in order; fields of refusals begin with "requests[i].". */
  public CompletionStage<Answer<List<Creation>>> submitAll(
      List<TaskRequest> requests, Change<List<Creation>> change) {
    return admitted(
        () -> admitAll(requests, change.caller()), change, tasks -> create(tasks, change));
  }

  private CompletionStage<Answer<List<Creation>>> create(
      List<NewTask> tasks, Change<List<Creation>> change) {
    return engine.committer().submit(commands.creation(), tasks, change);
  }

  private List<NewTask> admitAll(List<TaskRequest> requests, Caller caller) {
    List<NewTask> tasks = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      tasks.add(admit(requests.get(i), "requests[" + i + "].", caller));
    }
    return tasks;
  }

  private NewTask admit(TaskRequest request, String path, Caller caller) {
    return admission.admit(request, path, caller.principal());
  }

  private static <T, U> Answer<U> map(Answer<T> answer, Function<T, U> mapping) {
    return answer instanceof Answer.Stored<T> stored
        ? new Answer.Stored<>(stored.bytes(), stored.generated())
        : new Answer.Fresh<>(mapping.apply(((Answer.Fresh<T>) answer).value()));
  }

  private CompletionStage<Answer<List<Creation>>> admitted(
      Supplier<List<NewTask>> check,
      Change<List<Creation>> change,
      Function<List<NewTask>, CompletionStage<Answer<List<Creation>>>> creation) {
    List<NewTask> tasks;
    try {
      tasks = check.get();
    } catch (Refusal refusal) {
      return answeredBefore(change, refusal);
    }
    return creation.apply(tasks);
  }

  /**
   * A repeated request gets its first answer, even if the queue that it names was deleted since.
   */
  private CompletionStage<Answer<List<Creation>>> answeredBefore(
      Change<List<Creation>> change, Refusal refusal) {
    if (change.requestId().isEmpty()) {
      return CompletableFuture.failedFuture(refusal);
    }
    try {
      return engine
          .database()
          .with(connection -> RequestLog.find(connection, change))
          .map(CompletableFuture::completedFuture)
          .orElseGet(() -> CompletableFuture.failedFuture(refusal));
    } catch (Refusal away) {
      return CompletableFuture.failedFuture(away);
    }
  }

  /**
   * Checks as {@link #submit} does, and creates nothing.
   *
   * @return the task that would be created, with its defaults, or the task that exists already
   */
  public Creation preview(TaskRequest request, Caller caller) {
    NewTask task = admit(request, "", caller);
    return engine.database().with(connection -> commands.creation().preview(connection, task));
  }

  /**
   * Changes a waiting task.
   *
   * @param taskId final part of its name
   * @param version it must have, empty for any
   * @param update the changed fields
   * @param change who asks
   * @throws Refusal (in the stage) NOT_FOUND: TASK_NOT_FOUND; ABORTED: ETAG_MISMATCH;
   *     FAILED_PRECONDITION: TASK_STARTED, TASK_ENDED
   */
  public CompletionStage<Answer<Task>> update(
      String taskId, OptionalInt version, TaskUpdate update, Change<Task> change) {
    UpdateTasks.Update request =
        new UpdateTasks.Update(taskId, version, update, change.caller().principal());
    return engine.committer().submit(commands.updates(), request, change);
  }

  /**
   * Cancels a task: a waiting one becomes CANCELLED at once; a running one is asked to stop and is
   * CANCELLING until it has.
   *
   * @param taskId final part of its name
   * @param reason why
   * @param force interrupts a running handler at once, without the grace period
   * @param change who asks
   * @throws Refusal (in the stage) NOT_FOUND: TASK_NOT_FOUND; FAILED_PRECONDITION: TASK_ENDED
   */
  public CompletionStage<Answer<Task>> cancel(
      String taskId, String reason, boolean force, Change<Task> change) {
    CancelTasks.Cancel cancel =
        new CancelTasks.Cancel(taskId, change.caller().actor(reason), force);
    return engine.committer().submit(commands.cancels(), cancel, change);
  }

  /**
   * The task with this id.
   *
   * @throws Refusal NOT_FOUND: TASK_NOT_FOUND
   */
  public Task get(String taskId) {
    return engine.database().with(c -> new TaskReader(c).require(taskId)).at(now());
  }

  /** A page of the tasks that match. */
  public TaskPage list(TaskQuery query) {
    Instant now = now();
    return engine.database().with(c -> TaskSearch.list(c, query)).at(now);
  }

  private Instant now() {
    return engine.clock().instant();
  }

  /**
   * Creates a new task, a copy of one that ended without success.
   *
   * @param taskId final part of its name
   * @param options how the new task differs from the old one
   * @param change who asks
   * @throws Refusal (in the stage) NOT_FOUND: TASK_NOT_FOUND; FAILED_PRECONDITION: TASK_NOT_ENDED,
   *     TASK_SUCCEEDED, and as {@link DeadLetterService#replay} does
   */
  public CompletionStage<Answer<Task>> retry(
      String taskId, CopyOptions options, Change<Task> change) {
    CopyTasks.Request request =
        new CopyTasks.Request(taskId, CopyTasks.Origin.TASK, options, change.caller().actor(""));
    return engine.committer().submit(commands.copies(), request, change);
  }

  /**
   * Runs of a task in the order in which they began, including the one under way.
   *
   * @param taskId final part of its name
   * @param afterToken only runs with a larger fencing token
   * @param limit at most so many
   * @throws Refusal NOT_FOUND: TASK_NOT_FOUND
   */
  public List<Attempt> attempts(String taskId, FencingToken afterToken, int limit) {
    return engine
        .database()
        .with(
            connection -> {
              TaskKey task = new TaskReader(connection).require(taskId).id();
              return new AttemptReader(connection).list(task, afterToken, limit);
            });
  }
}
