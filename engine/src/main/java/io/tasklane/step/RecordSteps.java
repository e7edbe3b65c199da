package io.tasklane.step;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.key.FencingToken;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Records steps of runs whose lease is live, and returns them as they are stored then. A step that
 * has succeeded before stays as it is.
 */
final class RecordSteps implements SingleCommand<RecordSteps.Entry, KnownStep> {
  /**
   * What to record.
   *
   * @param taskId final part of the task's name
   * @param token fencing token of the run
   * @param step its name
   * @param report what the run says about it
   */
  record Entry(String taskId, FencingToken token, String step, StepReport report) {
    /** What it does. */
    StepKind kind() {
      if (report instanceof StepReport.Sleeps) {
        return StepKind.SLEEP;
      }
      return report instanceof StepReport.Awaits ? StepKind.EVENT : StepKind.BODY;
    }
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.RECORD_STEPS;
  }

  @Override
  public Outcome<KnownStep> executeOne(Batch batch, Entry entry) throws SQLException {
    if (entry.kind() != StepKind.BODY) {
      return Outcome.done(new WaitingSteps(batch, entry).begin());
    }
    Optional<BodySteps.Recorded> recorded =
        entry.report() instanceof StepReport.Succeeded succeeded
            ? BodySteps.succeeded(batch.connection(), entry, succeeded)
            : BodySteps.failed(batch.connection(), entry, (StepReport.Failed) entry.report());
    if (recorded.isEmpty()) {
      throw stale(entry);
    }
    Optional<KnownStep> kept = recorded.get().step();
    return Outcome.done(kept.isPresent() ? kept.get() : before(batch, entry));
  }

  /** Why nothing was written: the step was done before, or there is no room for one more. */
  private static KnownStep before(Batch batch, Entry entry) throws SQLException {
    KnownStep known =
        StepRows.find(batch.connection(), entry.taskId(), entry.step())
            .orElseThrow(() -> tooMany(entry));
    if (known.step().kind() != entry.kind()) {
      throw otherKind(entry, known.step());
    }
    return known;
  }

  static Refusal stale(Entry entry) {
    return refusal(
        Refusal.Sort.ABORTED,
        RefusalReason.STALE_LEASE,
        entry,
        " was not recorded: no live lease of tasks/"
            + entry.taskId()
            + " has the fencing token "
            + entry.token()
            + "; stop, another run has the task or it has ended");
  }

  static Refusal tooMany(Entry entry) {
    return refusal(
        Refusal.Sort.FAILED_PRECONDITION,
        RefusalReason.STEP_LIMIT,
        entry,
        " is one too many: a task has at most "
            + TaskStep.MOST
            + " steps; do more in one of them, or create tasks");
  }

  static Refusal otherKind(Entry entry, TaskStep known) {
    return refusal(
        Refusal.Sort.FAILED_PRECONDITION,
        RefusalReason.STEP_KIND,
        entry,
        " is known as " + known.kind() + " and cannot be " + entry.kind() + ": use another name");
  }

  static Refusal refusal(Refusal.Sort sort, RefusalReason reason, Entry entry, String what) {
    return Refusal.of(sort, reason, "tasks/" + entry.taskId(), "step " + entry.step() + what);
  }
}
