package io.tasklane.task.store;

import io.tasklane.app.Refusal;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.artifact.store.ArtifactUses;
import io.tasklane.event.store.PublishedEvents;
import io.tasklane.queue.QueueState;
import io.tasklane.store.Batch;
import io.tasklane.store.CommandKind;
import io.tasklane.store.Outcome;
import io.tasklane.store.OwnerRow;
import io.tasklane.task.Payload;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Settles what has ended and claims the head of what waits, in one statement, behind the lock on
 * the queue's owner row.
 */
public final class TakeTurns implements CommandKind<Turn, TurnResult> {
  private static final int EXPIRED_AT_ONCE = 500;

  private final CreateTasks creation;
  private final Aftermath aftermath;
  private final ExpireTasks expiry;

  /**
   * Makes it.
   *
   * @param creation creates the children of settled tasks
   * @param aftermath of settled runs
   * @param expiry ends what was not started in time
   */
  public TakeTurns(CreateTasks creation, Aftermath aftermath, ExpireTasks expiry) {
    this.creation = creation;
    this.aftermath = aftermath;
    this.expiry = expiry;
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
      IntakeCheck intake = IntakeCheck.ofRuns(batch::intake);
      Optional<Outcome<TurnResult>> kept = intake.keepsOut(children(turn));
      if (owner.isEmpty() || kept.isPresent()) {
        outcomes.add(kept.orElse(Outcome.again()));
      } else {
        outcomes.add(take(batch, turn, owner.get()));
      }
    }
    return outcomes;
  }

  /**
   * A settled task that others wait for is settled first, then they are told, and only then the
   * head is claimed: what it releases may be that head.
   */
  private Outcome<TurnResult> take(Batch batch, Turn turn, OwnerRow owner) throws SQLException {
    TurnResult.Next allowed = allowed(turn, owner);
    boolean claim = turn.claim() && allowed == TurnResult.Next.CLAIMED;
    TurnResult first;
    try (PreparedStatement statement = batch.connection().prepareStatement(TurnStatement.SQL)) {
      TurnStatement.bind(statement, turn, claim, owner.concurrency());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getBoolean("settle_later")) {
          return Outcome.again();
        }
        boolean heard = row.getObject("heard") != null;
        if (turn.settle().isPresent() && row.getBoolean("settled")) {
          createChildren(batch, turn.settle().get());
          publish(batch, turn.settle().get());
          nameArtifact(batch, turn.settle().get());
        }
        first = result(batch, turn, allowed, row);
        aftermath.of(batch, row);
        if (!heard || !claim) {
          return Outcome.done(expireHead(batch, first));
        }
      }
    }
    return Outcome.done(claimAfter(batch, turn, first, owner));
  }

  private static void nameArtifact(Batch batch, Turn.Settle settle) throws SQLException {
    Optional<ArtifactReference> named = settle.settlement().result().flatMap(Payload::reference);
    if (named.isPresent()) {
      ArtifactUses.ofResult(batch.connection(), settle.task(), named.get());
    }
  }

  /** A refusal must not look like one of the settlement itself: its task must not succeed. */
  private void createChildren(Batch batch, Turn.Settle settle) throws SQLException {
    try {
      creation.createOfRun(batch, settle.children());
    } catch (Refusal refused) {
      throw new IllegalStateException(
          "a task it creates was refused: " + refused.getMessage(), refused);
    }
  }

  private TurnResult claimAfter(Batch batch, Turn turn, TurnResult first, OwnerRow owner)
      throws SQLException {
    Turn claimOnly = new Turn(turn.owner(), Optional.empty(), true);
    try (PreparedStatement statement = batch.connection().prepareStatement(TurnStatement.SQL)) {
      TurnStatement.bind(statement, claimOnly, true, owner.concurrency());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        TurnResult claimed = result(batch, claimOnly, TurnResult.Next.CLAIMED, row);
        return expireHead(
            batch, new TurnResult(first.settled(), claimed.claimed(), claimed.next()));
      }
    }
  }

  /** What keeps the head from being claimed may be that its time has passed: then it goes. */
  private TurnResult expireHead(Batch batch, TurnResult result) throws SQLException {
    if (result.next() == TurnResult.Next.ASK_AGAIN) {
      expiry.expire(batch, EXPIRED_AT_ONCE);
    }
    return result;
  }

  private static void publish(Batch batch, Turn.Settle settle) throws SQLException {
    PublishedEvents.ofTask(batch, settle.task(), settle.settlement().events());
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
