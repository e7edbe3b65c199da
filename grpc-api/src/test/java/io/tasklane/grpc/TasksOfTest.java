package io.tasklane.grpc;

import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.api.CopyOptions;
import io.tasklane.api.Creation;
import io.tasklane.api.ListPosition;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.api.TaskPage;
import io.tasklane.api.TaskQuery;
import io.tasklane.key.FencingToken;
import io.tasklane.service.TaskService;
import io.tasklane.task.Attempt;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import io.tasklane.task.update.TaskUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A task service for tests: it remembers what it was asked, and keeps answers by request id. */
public final class TasksOfTest extends TaskService {
  public final Map<String, Task> rows = new ConcurrentHashMap<>();
  public final List<TaskRequest> asked = new CopyOnWriteArrayList<>();
  public final List<Change<?>> changes = new CopyOnWriteArrayList<>();
  public final List<TaskUpdate> updates = new ArrayList<>();
  public final List<TaskQuery> queries = new ArrayList<>();
  public final List<CopyOptions> copies = new ArrayList<>();
  public List<Task> listed = List.of();
  public Optional<ListPosition> searchedUpTo = Optional.empty();
  public List<Attempt> attempts = List.of();
  public RuntimeException failure;
  public Error fault;

  /** Where it is not null, tasks that are handed in are answered when these are run. */
  public BlockingDeque<Runnable> held;

  private final Map<String, byte[]> answers = new ConcurrentHashMap<>();

  @Override
  public CompletionStage<Answer<Creation>> submit(TaskRequest request, Change<Creation> change) {
    if (fault != null) {
      throw fault;
    }
    return done(change, () -> new Creation(create(request), false));
  }

  /** Done at once, or in the hands of the test where it holds what comes. */
  @Override
  public CompletionStage<Answer<Creation>> handIn(TaskRequest request, Change<Creation> change) {
    CompletionStage<Answer<Creation>> answer = submit(request, change);
    if (held == null) {
      return answer;
    }
    CompletableFuture<Answer<Creation>> later = new CompletableFuture<>();
    held.add(() -> answer.thenAccept(later::complete));
    return later;
  }

  @Override
  public CompletionStage<Answer<List<Creation>>> submitAll(
      List<TaskRequest> requests, Change<List<Creation>> change) {
    return done(change, () -> requests.stream().map(r -> new Creation(create(r), false)).toList());
  }

  @Override
  public Creation preview(TaskRequest request, Caller caller) {
    return new Creation(
        TestTasks.task(request.taskId().orElse("preview"), TaskState.QUEUED, 0, 0), false);
  }

  @Override
  public CompletionStage<Answer<Task>> cancel(
      String taskId, String reason, boolean force, Change<Task> change) {
    return done(
        change,
        () -> {
          if (get(taskId).isFinished()) {
            throw Refusal.of(
                Refusal.Sort.FAILED_PRECONDITION,
                RefusalReason.TASK_ENDED,
                "tasks/" + taskId,
                "it has ended");
          }
          return TestTasks.task(taskId, TaskState.CANCELLED, 0, 9);
        });
  }

  @Override
  public CompletionStage<Answer<Task>> update(
      String taskId, OptionalInt version, TaskUpdate update, Change<Task> change) {
    return done(
        change,
        () -> {
          updates.add(update);
          Task row = get(taskId);
          if (version.isPresent() && version.getAsInt() != row.version()) {
            throw Refusal.of(
                Refusal.Sort.ABORTED,
                RefusalReason.ETAG_MISMATCH,
                row.name(),
                "it was changed meanwhile");
          }
          if (row.isFinished()) {
            throw Refusal.of(
                Refusal.Sort.FAILED_PRECONDITION,
                RefusalReason.TASK_ENDED,
                row.name(),
                "it has ended");
          }
          return row;
        });
  }

  @Override
  public Task get(String taskId) {
    Task row = rows.get(taskId);
    if (row == null) {
      throw Refusal.of(
          Refusal.Sort.NOT_FOUND,
          RefusalReason.TASK_NOT_FOUND,
          "tasks/" + taskId,
          "no task " + taskId);
    }
    return row;
  }

  @Override
  public TaskPage list(TaskQuery query) {
    queries.add(query);
    List<Task> found =
        listed.stream()
            .filter(
                task -> query.after().map(place -> task.id().value() < place.key()).orElse(true))
            .limit(query.limit())
            .toList();
    List<ListPosition> places =
        found.stream().map(task -> new ListPosition(Optional.empty(), task.id().value())).toList();
    boolean full = found.size() == query.limit();
    return new TaskPage(
        found, places, full ? Optional.of(places.get(places.size() - 1)) : searchedUpTo);
  }

  @Override
  public CompletionStage<Answer<Task>> retry(
      String taskId, CopyOptions options, Change<Task> change) {
    copies.add(options);
    return done(change, () -> TestTasks.retried("again", get(taskId)));
  }

  @Override
  public List<Attempt> attempts(String taskId, FencingToken after, int limit) {
    get(taskId);
    return attempts.stream()
        .filter(attempt -> attempt.fencingToken().value() > after.value())
        .limit(limit)
        .toList();
  }

  private Task create(TaskRequest request) {
    asked.add(request);
    return TestTasks.task(request.taskId().orElse("made-up"), TaskState.QUEUED, 0, 1);
  }

  private <T> CompletionStage<Answer<T>> done(
      Change<T> change, java.util.function.Supplier<T> work) {
    changes.add(change);
    try {
      if (failure != null) {
        throw failure;
      }
      byte[] before = change.requestId().map(answers::get).orElse(null);
      if (before != null) {
        return CompletableFuture.completedStage(new Answer.Stored<>(before));
      }
      T value = work.get();
      change.requestId().ifPresent(id -> answers.put(id, change.encoder().apply(value)));
      return CompletableFuture.completedStage(new Answer.Fresh<>(value));
    } catch (RuntimeException refused) {
      // as a stage that depends on another one reports it
      return CompletableFuture.failedStage(new CompletionException(refused));
    }
  }
}
