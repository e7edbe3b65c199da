package io.tasklane.grpc;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.batch.BatchCounts;
import io.tasklane.batch.BatchOperation;
import io.tasklane.batch.BatchRefusal;
import io.tasklane.batch.BatchRequest;
import io.tasklane.batch.BatchService;
import io.tasklane.batch.BatchState;
import io.tasklane.task.Actor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A batch service for tests, in memory: its batch operations have done and refused something. */
public final class BatchesOfTest extends BatchService {
  public final TreeMap<String, BatchOperation> known = new TreeMap<>();
  public final List<BatchRefusal> refusals = new ArrayList<>();
  public int matched = 10;

  @Override
  public int count(BatchRequest request) {
    return matched;
  }

  @Override
  public CompletionStage<Answer<BatchOperation>> start(
      BatchRequest request, long expected, Change<BatchOperation> change) {
    if (expected != matched) {
      return CompletableFuture.failedStage(
          Refusal.of(
                  Refusal.Sort.FAILED_PRECONDITION,
                  RefusalReason.BATCH_COUNT_DIFFERS,
                  "",
                  matched + " match, but " + expected + " are expected; nothing was done")
              .with(Map.of("matched_count", "" + matched)));
    }
    return done(
        new BatchOperation(
            "b" + known.size(),
            request,
            BatchState.RUNNING,
            new BatchCounts(matched, 5, 2),
            ApiOfTest.CLOCK.instant(),
            Optional.empty(),
            Optional.empty(),
            ""));
  }

  private CompletionStage<Answer<BatchOperation>> done(BatchOperation operation) {
    known.put(operation.id(), operation);
    return CompletableFuture.completedStage(new Answer.Fresh<>(operation));
  }

  @Override
  public BatchOperation get(String id) {
    return Optional.ofNullable(known.get(id))
        .orElseThrow(
            () ->
                Refusal.notFound(
                    RefusalReason.BATCH_OPERATION_NOT_FOUND,
                    "batchOperations/" + id,
                    "does not exist"));
  }

  @Override
  public List<BatchOperation> list(Optional<String> after, int limit) {
    return known.values().stream()
        .sorted(Comparator.comparing(BatchOperation::id).reversed())
        .filter(one -> after.map(id -> one.id().compareTo(id) < 0).orElse(true))
        .limit(limit)
        .toList();
  }

  @Override
  public List<BatchRefusal> refusals(String id, long after, int limit) {
    get(id);
    return refusals.stream().filter(one -> one.position() > after).limit(limit).toList();
  }

  @Override
  public CompletionStage<Answer<BatchOperation>> stop(
      String id, Actor actor, Change<BatchOperation> change) {
    BatchOperation before = get(id);
    return done(
        new BatchOperation(
            id,
            before.request(),
            BatchState.STOPPED,
            before.counts(),
            before.createTime(),
            Optional.of(ApiOfTest.CLOCK.instant()),
            Optional.of(actor),
            ""));
  }
}
