package io.tasklane.task.store;

import io.tasklane.queue.QueueState;
import io.tasklane.store.Batch;
import io.tasklane.store.CommandKind;
import io.tasklane.store.Outcome;
import io.tasklane.store.OwnerRow;
import io.tasklane.task.Task;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settles what has ended and claims the head of what waits, in one statement, behind the lock on
 * the queue's owner row.
 */
public final class TakeTurns implements CommandKind<Turn, TurnResult> {
  private final CreateTasks creation;

  /** Creates the children of settled tasks with this. */
  public TakeTurns(CreateTasks creation) {
    this.creation = creation;
  }

  @Override
  public int rank() {
    return 20;
  }

  @Override
  public Set<Integer> queuesOf(Turn turn) {
    return Set.of(turn.owner().queue());
  }

  @Override
  public Set<Integer> feeds(Turn turn) {
    return NewTask.queuesOf(children(turn));
  }

  private static List<NewTask> children(Turn turn) {
    return turn.settle().map(Turn.Settle::children).orElse(List.of());
  }

  @Override
  public List<Outcome<TurnResult>> execute(Batch batch, List<Turn> turns) throws SQLException {
    List<Outcome<TurnResult>> outcomes = new ArrayList<>();
    for (Turn turn : turns) {
      Optional<OwnerRow> owner = batch.owner(turn.owner().queue());
      Optional<Outcome<TurnResult>> closed = new IntakeCheck(batch).ofRun(children(turn));
      if (owner.isEmpty() || closed.isPresent()) {
        outcomes.add(closed.orElse(Outcome.again()));
      } else {
        outcomes.add(take(batch, turn, owner.get()));
      }
    }
    return outcomes;
  }

  private Outcome<TurnResult> take(Batch batch, Turn turn, OwnerRow owner) throws SQLException {
    TurnResult.Next allowed = allowed(turn, owner);
    boolean claim = turn.claim() && allowed == TurnResult.Next.CLAIMED;
    try (PreparedStatement statement = batch.connection().prepareStatement(TurnStatement.SQL)) {
      TurnStatement.bind(statement, turn, claim, owner.concurrency());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getBoolean("settle_later")) {
          return Outcome.again();
        }
        if (turn.settle().isPresent() && row.getBoolean("settled")) {
          createChildren(batch, turn.settle().get());
        }
        return Outcome.done(result(batch, turn, allowed, row));
      }
    }
  }

  private void createChildren(Batch batch, Turn.Settle settle) throws SQLException {
    Map<String, Task> created = creation.insert(batch, settle.children());
    if (created.size() != settle.children().size()) {
      throw new IllegalStateException("not every child of task " + settle.task() + " was created");
    }
  }

  private TurnResult result(Batch batch, Turn turn, TurnResult.Next allowed, ResultSet row)
      throws SQLException {
    TurnResult.Settled settled = TurnResult.Settled.NOTHING;
    if (turn.settle().isPresent()) {
      settled =
          row.getBoolean("settled") || wasSettledBefore(batch, turn.settle().get())
              ? TurnResult.Settled.DONE
              : TurnResult.Settled.STALE;
    }
    if (row.getObject("id") != null) {
      return new TurnResult(settled, Optional.of(TaskRows.read(row)), TurnResult.Next.CLAIMED);
    }
    return new TurnResult(settled, Optional.empty(), whyNothing(turn, allowed, row));
  }

  private static TurnResult.Next whyNothing(Turn turn, TurnResult.Next allowed, ResultSet row)
      throws SQLException {
    if (!turn.claim()) {
      return TurnResult.Next.NOTHING_READY;
    }
    if (allowed != TurnResult.Next.CLAIMED) {
      return allowed;
    }
    if (!row.getBoolean("slot_free")) {
      return TurnResult.Next.NO_SLOT;
    }
    return row.getBoolean("head_seen") ? TurnResult.Next.ASK_AGAIN : TurnResult.Next.NOTHING_READY;
  }

  private static TurnResult.Next allowed(Turn turn, OwnerRow owner) {
    if (!owner.isHeldBy(turn.owner())) {
      return TurnResult.Next.NOT_OWNER;
    }
    if (owner.bidNode().isPresent()) {
      return TurnResult.Next.BID;
    }
    return owner.state() == QueueState.PAUSED
        ? TurnResult.Next.NOT_ACTIVE
        : TurnResult.Next.CLAIMED;
  }

  /** A settlement that is sent again, with the same token and result, is a success. */
  private static boolean wasSettledBefore(Batch batch, Turn.Settle settle) throws SQLException {
    try (PreparedStatement statement =
        batch.connection().prepareStatement(TurnStatement.SETTLED_BEFORE)) {
      TurnStatement.bindSettledBefore(statement, settle);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
