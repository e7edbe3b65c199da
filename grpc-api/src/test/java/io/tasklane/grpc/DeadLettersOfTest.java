package io.tasklane.grpc;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.CopyOptions;
import io.tasklane.api.DeadLetterQuery;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.deadletter.DeadLetter;
import io.tasklane.key.TaskKey;
import io.tasklane.service.DeadLetterService;
import io.tasklane.task.Actor;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A dead-letter service for tests: it remembers what it was asked. */
public final class DeadLettersOfTest extends DeadLetterService {
  public final List<DeadLetter> rows = new ArrayList<>();
  public final List<DeadLetterQuery> queries = new ArrayList<>();
  public final List<String> asked = new ArrayList<>();
  public final List<CopyOptions> copies = new ArrayList<>();
  public final List<Change<?>> changes = new ArrayList<>();
  public Refusal refusal;

  /** A dead letter of the task with this id. */
  public static DeadLetter letter(long key, String taskId, Optional<Actor> replayedBy) {
    return new DeadLetter(
        new TaskKey(key),
        taskId,
        "DATA_FETCHER",
        "news_monitoring",
        TestTasks.failure(),
        "0123456789abcdef",
        replayedBy.isPresent() ? 2 : 0,
        replayedBy,
        replayedBy.map(actor -> TestTasks.STARTED),
        4,
        TestTasks.CREATED.plusSeconds(key));
  }

  @Override
  public DeadLetter get(String taskId) {
    return rows.stream()
        .filter(row -> row.taskId().equals(taskId))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.of(
                    Refusal.Sort.NOT_FOUND,
                    RefusalReason.DEAD_LETTER_NOT_FOUND,
                    "deadLetters/" + taskId,
                    "no dead letter " + taskId));
  }

  @Override
  public List<DeadLetter> list(DeadLetterQuery query) {
    queries.add(query);
    return rows.stream()
        .filter(row -> query.after().map(place -> row.taskKey().value() < place.key()).orElse(true))
        .limit(query.limit())
        .toList();
  }

  @Override
  public CompletionStage<Answer<Task>> replay(
      String taskId, CopyOptions options, String reason, Change<Task> change) {
    copies.add(options);
    return done(taskId, reason, change, () -> TestTasks.task("again", TaskState.QUEUED, 0, 1));
  }

  @Override
  public CompletionStage<Answer<String>> discard(
      String taskId, String reason, Change<String> change) {
    return done(taskId, reason, change, () -> "deadLetters/" + taskId);
  }

  private <T> CompletionStage<Answer<T>> done(
      String taskId, String reason, Change<T> change, Supplier<T> work) {
    asked.add(taskId + ": " + reason);
    changes.add(change);
    try {
      get(taskId);
      if (refusal != null) {
        throw refusal;
      }
      return CompletableFuture.completedStage(new Answer.Fresh<>(work.get()));
    } catch (Refusal refused) {
      return CompletableFuture.failedStage(refused);
    }
  }
}
