package io.tasklane.grpc;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.task.TaskType;
import io.tasklane.tasktype.StoredType;
import io.tasklane.tasktype.TaskTypeService;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A service of task types for tests, in memory. */
public final class TaskTypesOfTest extends TaskTypeService {
  public final TreeMap<String, StoredType> known = new TreeMap<>();
  public Optional<Refusal> refusal = Optional.empty();

  @Override
  public boolean isBuiltIn(String name) {
    return name.startsWith(OWN);
  }

  @Override
  public StoredType get(String name) {
    return Optional.ofNullable(known.get(name))
        .orElseThrow(
            () ->
                Refusal.notFound(
                    RefusalReason.TASK_TYPE_NOT_FOUND, "task_types/" + name, "does not exist"));
  }

  @Override
  public List<StoredType> list(String afterName, int limit) {
    return known.tailMap(afterName, false).values().stream().limit(limit).toList();
  }

  /** Stores a type. */
  public StoredType put(TaskType type, long revision) {
    StoredType stored =
        new StoredType(type, revision, ApiOfTest.CLOCK.instant(), ApiOfTest.CLOCK.instant());
    known.put(type.name(), stored);
    return stored;
  }

  @Override
  public CompletionStage<Answer<StoredType>> register(
      TaskType type, long revision, Change<StoredType> change) {
    return refusal.isPresent()
        ? CompletableFuture.failedStage(refusal.get())
        : CompletableFuture.completedStage(new Answer.Fresh<>(put(type, revision)));
  }

  @Override
  public CompletionStage<Answer<StoredType>> delete(String name, Change<StoredType> change) {
    StoredType before = get(name);
    known.remove(name);
    return CompletableFuture.completedStage(new Answer.Fresh<>(before));
  }
}
