package io.tasklane.batch;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.commit.Outcome;
import io.tasklane.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** One step of a batch operation, whose row is locked: its next targets, in their order. */
final class BatchStep {
  /** So long other commands of the node wait for a step. */
  private static final Duration LONGEST = Duration.ofMillis(50);

  /** Somebody else changes the next target just now. */
  private static final Duration SOON = Duration.ofMillis(20);

  /** Something that the next target needs is full or away. */
  private static final Duration LATER = Duration.ofSeconds(1);

  private final Batch batch;
  private final BatchOperation operation;
  private final TargetActions actions;
  private final Faults faults;
  private final Ticker ticker;
  private final TargetRows targets;
  private BatchCounts counts;
  private Duration rest = SOON;
  private String delay = "";

  BatchStep(Batch batch, BatchRows.Due due, TargetActions actions, Faults faults, Ticker ticker) {
    this.batch = batch;
    this.operation = due.operation();
    this.actions = actions;
    this.faults = faults;
    this.ticker = ticker;
    this.targets = new TargetRows(batch.connection());
    this.counts = operation.counts();
  }

  /** Tries the next targets, for as long as a step may take, and says what became of them. */
  StepResult result() throws SQLException {
    int first = counts.tried();
    long begin = ticker.nanos();
    for (String id : next()) {
      boolean over = counts.tried() > first && ticker.since(begin).compareTo(LONGEST) > 0;
      if (over || !isTried(id)) {
        break;
      }
    }
    int tried = counts.tried() - first;
    targets.removeBefore(operation.id(), counts.tried());
    boolean ended = counts.left() == 0;
    if (ended) {
      targets.removeBefore(operation.id(), counts.tried() + TargetRows.IN_PIECE);
    }
    return new StepResult(
        operation.id(),
        ended ? BatchState.SUCCEEDED : BatchState.RUNNING,
        counts,
        tried,
        tried == 0 ? rest : BatchPace.rest(tried, operation.request().perSecond()),
        delay,
        "");
  }

  private List<String> next() throws SQLException {
    int usual = BatchPace.step(operation.request().perSecond());
    int most = faults.most(operation.id(), counts.tried(), usual);
    List<String> next = targets.next(operation.id(), counts.tried(), most);
    return operation.request().kind().movesTasks() ? TaskLocks.lock(batch, next) : next;
  }

  /** Whether this target is done or refused; otherwise it is the first of the next step. */
  private boolean isTried(String id) throws SQLException {
    if (faults.isGivenUp(operation.id(), counts.tried())) {
      refuse(id, "INTERNAL", "failed by a fault of the server; its log says more");
      return true;
    }
    try {
      Outcome<?> outcome = actions.execute(batch, operation, id);
      if (outcome instanceof Outcome.Refused<?> refused) {
        return isRefused(id, refused.refusal());
      }
      if (outcome instanceof Outcome.Done<?>) {
        counts = counts.withDone();
        return true;
      }
      return false;
    } catch (Refusal refusal) {
      return isRefused(id, refusal);
    } catch (SQLException | RuntimeException failed) {
      faults.note(operation.id(), counts.tried(), failed);
      throw failed;
    }
  }

  /** What is full or away now is not the target's fault: it is tried again. */
  private boolean isRefused(String id, Refusal refusal) throws SQLException {
    if (refusal.sort() == Refusal.Sort.RESOURCE_EXHAUSTED
        || refusal.sort() == Refusal.Sort.UNAVAILABLE) {
      rest = LATER;
      delay = refusal.reason() + ": " + refusal.getMessage();
      return false;
    }
    refuse(id, refusal.reason().name(), refusal.getMessage());
    return true;
  }

  private void refuse(String id, String reason, String message) throws SQLException {
    Connection connection = batch.connection();
    String target = operation.request().kind().target(id);
    new RefusalRows(connection)
        .add(operation.id(), new BatchRefusal(counts.tried(), target, reason, message));
    counts = counts.withRefused();
  }
}
