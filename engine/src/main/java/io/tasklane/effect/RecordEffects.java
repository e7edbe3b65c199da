package io.tasklane.effect;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.task.Payload;
import io.tasklane.task.state.TaskState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records effects of runs whose lease is live, and returns what was known of them before. The lock
 * on the task's row prevents the lease from being lost, and the next run from being claimed, before
 * the record is durable.
 */
public final class RecordEffects
    implements CommandKind<RecordEffects.Entry, Optional<KnownEffect>> {
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
      String taskId, long token, String key, EffectState state, Optional<Payload> outcome) {}

  private static final String LIVE =
      """
      SELECT id FROM task WHERE name = ? AND fencing_token = ? AND state IN (%d, %d)
      FOR NO KEY UPDATE"""
          .formatted(TaskState.RUNNING.code(), TaskState.CANCELLING.code());

  /** One row is enough. */
  public RecordEffects() {}

  @Override
  public CommandOrder order() {
    return CommandOrder.RECORD_EFFECTS;
  }

  @Override
  public List<Outcome<Optional<KnownEffect>>> execute(Batch batch, List<Entry> entries)
      throws SQLException {
    List<Outcome<Optional<KnownEffect>>> outcomes = new ArrayList<>();
    for (Entry entry : entries) {
      Optional<Long> task = live(batch, entry);
      outcomes.add(
          task.isPresent()
              ? record(new EffectRow(batch.connection(), task.get()), entry)
              : Outcome.refused(stale(entry)));
    }
    return outcomes;
  }

  private static Optional<Long> live(Batch batch, Entry entry) throws SQLException {
    try (PreparedStatement statement = batch.connection().prepareStatement(LIVE)) {
      statement.setString(1, entry.taskId());
      statement.setLong(2, entry.token());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    }
  }

  private static Outcome<Optional<KnownEffect>> record(EffectRow row, Entry entry)
      throws SQLException {
    return entry.state() == EffectState.INTENDED ? intend(row, entry) : finish(row, entry);
  }

  private static Outcome<Optional<KnownEffect>> intend(EffectRow row, Entry entry)
      throws SQLException {
    if (row.insert(entry.key(), entry.token())) {
      return Outcome.done(Optional.empty());
    }
    EffectRow.Found found = row.lock(entry.key()).orElseThrow();
    if (found.known().state() == EffectState.INTENDED && found.token() != entry.token()) {
      if (row.isLive(found)) {
        return Outcome.refused(inProgress(entry));
      }
      row.takeOver(entry.key(), entry.token());
    }
    return Outcome.done(Optional.of(found.known()));
  }

  private static Outcome<Optional<KnownEffect>> finish(EffectRow row, Entry entry)
      throws SQLException {
    Optional<EffectRow.Found> found = row.lock(entry.key());
    if (found.isPresent() && found.get().known().state() == EffectState.DONE) {
      return Outcome.done(found.map(EffectRow.Found::known)); // the first outcome stays
    }
    if (found.isEmpty() || found.get().token() != entry.token()) {
      return Outcome.refused(notIntended(entry));
    }
    row.finish(entry.key(), entry.outcome());
    return Outcome.done(found.map(EffectRow.Found::known));
  }

  private static Refusal stale(Entry entry) {
    return Refusal.of(
        Refusal.Sort.ABORTED,
        "STALE_LEASE",
        "tasks/" + entry.taskId(),
        "effect "
            + entry.key()
            + " was not recorded: no live lease of tasks/"
            + entry.taskId()
            + " has the fencing token "
            + entry.token()
            + "; stop, another run has the task or it has ended");
  }

  private static Refusal inProgress(Entry entry) {
    return Refusal.of(
        Refusal.Sort.ABORTED,
        "EFFECT_IN_PROGRESS",
        "tasks/" + entry.taskId(),
        "effect "
            + entry.key()
            + " is under way in another run, whose lease is live; try again when that has ended");
  }

  private static Refusal notIntended(Entry entry) {
    return Refusal.of(
        Refusal.Sort.FAILED_PRECONDITION,
        "EFFECT_NOT_INTENDED",
        "tasks/" + entry.taskId(),
        "effect " + entry.key() + " cannot be DONE: this run has not recorded it as INTENDED");
  }
}
