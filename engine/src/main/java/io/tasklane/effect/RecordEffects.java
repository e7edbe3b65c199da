package io.tasklane.effect;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Payload;
import io.tasklane.task.state.TaskState;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Records effects of runs whose lease is live, and returns what was known of them before. The lock
 * on the task's row prevents the lease from being lost, and the next run from being claimed, before
 * the record is durable.
 */
public final class RecordEffects
    implements SingleCommand<RecordEffects.Entry, Optional<KnownEffect>> {
  /**
   * What to record.
   *
   * @param taskId final part of the task's name
   * @param token fencing token of the run
   * @param key business identity of the effect
   * @param state INTENDED before the effect, DONE after it
   * @param outcome kept with DONE
   */
  public record Entry(
      String taskId,
      FencingToken token,
      String key,
      EffectState state,
      Optional<Payload> outcome) {}

  private static final String LIVE =
      """
      SELECT id FROM task WHERE name = :name AND fencing_token = :token AND state IN (%d, %d)
      FOR NO KEY UPDATE"""
          .formatted(TaskState.RUNNING.code(), TaskState.CANCELLING.code());

  /** One row is enough. */
  public RecordEffects() {}

  @Override
  public CommandOrder order() {
    return CommandOrder.RECORD_EFFECTS;
  }

  @Override
  public Outcome<Optional<KnownEffect>> executeOne(Batch batch, Entry entry) throws SQLException {
    TaskKey task = live(batch, entry).orElseThrow(() -> stale(entry));
    EffectRow row = new EffectRow(batch.connection(), task);
    return Outcome.done(
        entry.state() == EffectState.INTENDED ? intend(row, entry) : finish(row, entry));
  }

  private static Optional<TaskKey> live(Batch batch, Entry entry) throws SQLException {
    return NamedSql.on(batch.connection(), LIVE)
        .set("name", entry.taskId())
        .set("token", entry.token())
        .first(row -> new TaskKey(row.getLong(1)));
  }

  private static Optional<KnownEffect> intend(EffectRow row, Entry entry) throws SQLException {
    if (row.insert(entry.key(), entry.token())) {
      return Optional.empty();
    }
    EffectRow.Found found = row.lock(entry.key()).orElseThrow();
    if (found.known().state() == EffectState.INTENDED && !found.token().equals(entry.token())) {
      if (row.isLive(found)) {
        throw inProgress(entry);
      }
      row.takeOver(entry.key(), entry.token());
    }
    return Optional.of(found.known());
  }

  private static Optional<KnownEffect> finish(EffectRow row, Entry entry) throws SQLException {
    Optional<EffectRow.Found> found = row.lock(entry.key());
    if (found.isPresent() && found.get().known().state() == EffectState.DONE) {
      return found.map(EffectRow.Found::known); // the first outcome stays
    }
    if (found.isEmpty() || !found.get().token().equals(entry.token())) {
      throw notIntended(entry);
    }
    row.finish(entry.key(), entry.outcome());
    return found.map(EffectRow.Found::known);
  }

  private static Refusal stale(Entry entry) {
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

  private static Refusal refusal(
      Refusal.Sort sort, RefusalReason reason, Entry entry, String what) {
    return Refusal.of(sort, reason, "tasks/" + entry.taskId(), "effect " + entry.key() + what);
  }

  private static Refusal inProgress(Entry entry) {
    return refusal(
        Refusal.Sort.ABORTED,
        RefusalReason.EFFECT_IN_PROGRESS,
        entry,
        " is under way in another run, whose lease is live; try again when that has ended");
  }

  private static Refusal notIntended(Entry entry) {
    return refusal(
        Refusal.Sort.FAILED_PRECONDITION,
        RefusalReason.EFFECT_NOT_INTENDED,
        entry,
        " cannot be DONE: this run has not recorded it as INTENDED");
  }
}
