package io.tasklane.batch;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.RequestLog;
import io.tasklane.feature.EngineContext;
import io.tasklane.filter.FilterException;
import io.tasklane.task.Actor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Starts, finds and stops batch operations. */
public class BatchService {
  private final EngineContext engine;
  private final Supplier<String> names;
  private final int most;
  private final AddTargets additions = new AddTargets();
  private final StartBatches starts;
  private final StopBatches stops = new StopBatches();

  /** For subclasses, such as test doubles of the edges. */
  protected BatchService() {
    this.engine = null;
    this.names = null;
    this.most = 0;
    this.starts = null;
  }

  /**
   * The service of an engine.
   *
   * @param engine where the targets are
   * @param names draws names for batch operations, in the order of time
   * @param most targets of one batch operation
   */
  BatchService(EngineContext engine, Supplier<String> names, int most) {
    this.engine = engine;
    this.names = names;
    this.most = most;
    this.starts = new StartBatches(engine.signals());
  }

  /**
   * How many targets match now.
   *
   * @throws Refusal FAILED_PRECONDITION: BATCH_TOO_LARGE
   * @throws FilterException where the filter cannot be read
   */
  public int count(BatchRequest request) {
    BatchFilter filter = BatchFilter.parse(request.kind(), request.filter());
    int found = engine.database().with(c -> new TargetSearch(c, most).count(filter));
    if (found > most) {
      throw Refusal.of(
          Refusal.Sort.FAILED_PRECONDITION,
          RefusalReason.BATCH_TOO_LARGE,
          "",
          "more than "
              + most
              + " match \""
              + request.filter()
              + "\"; narrow the filter, for example by create_time");
    }
    return found;
  }

  /**
   * Starts a batch operation on the targets that match now.
   *
   * @param expected how many the caller expects
   * @throws Refusal FAILED_PRECONDITION: BATCH_COUNT_DIFFERS, BATCH_TOO_LARGE
   * @throws FilterException where the filter cannot be read
   */
  public CompletionStage<Answer<BatchOperation>> start(
      BatchRequest request, long expected, Change<BatchOperation> change) {
    // first of all, because another number may match now
    Optional<Answer<BatchOperation>> before =
        engine.database().with(c -> RequestLog.find(c, change));
    if (before.isPresent()) {
      return CompletableFuture.completedFuture(before.get());
    }
    requireExpected(expected, count(request));
    String id = names.get();
    TargetCollection found = collect(request, id);
    requireExpected(expected, found.count());
    return engine
        .committer()
        .submit(starts, new StartBatches.Start(id, request, found.count(), found.rest()), change);
  }

  private TargetCollection collect(BatchRequest request, String id) {
    BatchFilter filter = BatchFilter.parse(request.kind(), request.filter());
    TargetCollection found =
        new TargetCollection(
            pieces -> engine.committer().submit(additions, new AddTargets.Add(id, pieces)).join());
    engine
        .database()
        .with(
            connection -> {
              new TargetSearch(connection, most).each(filter, found::add);
              return null;
            });
    return found;
  }

  private static void requireExpected(long expected, int matched) {
    if (matched != expected) {
      throw Refusal.of(
              Refusal.Sort.FAILED_PRECONDITION,
              RefusalReason.BATCH_COUNT_DIFFERS,
              "",
              matched + " match, but " + expected + " are expected; nothing was done")
          .with(Map.of("matched_count", "" + matched, "expected_count", "" + expected));
    }
  }

  /**
   * The batch operation with this id.
   *
   * @throws Refusal NOT_FOUND: BATCH_OPERATION_NOT_FOUND
   */
  public BatchOperation get(String id) {
    return engine.database().with(c -> new BatchRows(c).require(id));
  }

  /** The newest first, those that were started before this one, at most so many. */
  public List<BatchOperation> list(Optional<String> after, int limit) {
    return engine.database().with(c -> new BatchRows(c).list(after, limit));
  }

  /**
   * Targets that were refused, in the order in which they were tried.
   *
   * @param after place of the last one of the page before; below 0 begins at the first
   * @throws Refusal NOT_FOUND: BATCH_OPERATION_NOT_FOUND
   */
  public List<BatchRefusal> refusals(String id, long after, int limit) {
    return engine
        .database()
        .with(
            connection -> {
              new BatchRows(connection).require(id);
              return new RefusalRows(connection).list(id, after, limit);
            });
  }

  /**
   * Stops a batch operation for good.
   *
   * @throws Refusal (in the stage) NOT_FOUND: BATCH_OPERATION_NOT_FOUND; FAILED_PRECONDITION:
   *     BATCH_OPERATION_ENDED
   */
  public CompletionStage<Answer<BatchOperation>> stop(
      String id, Actor actor, Change<BatchOperation> change) {
    return engine.committer().submit(stops, new StopBatches.Stop(id, actor), change);
  }
}
