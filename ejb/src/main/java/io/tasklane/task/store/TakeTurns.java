package io.tasklane.task.store;

import io.tasklane.queue.QueueState;
import io.tasklane.store.Batch;
import io.tasklane.store.CommandKind;
import io.tasklane.store.OneTrip;
import io.tasklane.store.Outcome;
import io.tasklane.store.OwnerRow;
import io.tasklane.store.Ownership;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Settles what has ended and claims the head of what waits, in one statement, behind the lock on
 * the queue's owner row.
 */
public final class TakeTurns implements CommandKind<Turn, TurnResult> {
  private final RunLeavings leavings;
  private final Aftermath aftermath;
  private final HeadClaims claims;

  /**
   * Makes it.
   *
   * @param leavings of settled runs
   * @param aftermath of settled runs
   * @param claims take the head where it takes more than the statement of the turn
   */
  public TakeTurns(RunLeavings leavings, Aftermath aftermath, HeadClaims claims) {
    this.leavings = leavings;
    this.aftermath = aftermath;
    this.claims = claims;
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

  @Override
  public Set<String> keysOf(Turn turn) {
    return turn.settle().flatMap(Turn.Settle::orderingKey).map(Set::of).orElse(Set.of());
  }

  private static List<NewTask> children(Turn turn) {
    return turn.settle().map(Turn.Settle::children).orElse(List.of());
  }

  @Override
  public Optional<OneTrip<TurnResult>> inOneTrip(List<Turn> turns) {
    return turns.size() == 1
        ? TurnTrip.of(turns.get(0), aftermath.dependents())
        : TurnsTrip.of(turns);
  }

  @Override
  public List<Outcome<TurnResult>> execute(Batch batch, List<Turn> turns) throws SQLException {
    List<Turn> together = turns.stream().filter(turn -> goesWithOthers(batch, turn)).toList();
    boolean many = together.size() > 1;
    Iterator<Outcome<TurnResult>> taken =
        many
            ? new ManyTurns(batch, aftermath, claims).take(together).iterator()
            : Collections.emptyIterator();
    List<Outcome<TurnResult>> outcomes = new ArrayList<>();
    for (Turn turn : turns) {
      boolean isTaken = many && goesWithOthers(batch, turn);
      outcomes.add(isTaken ? taken.next() : takeAlone(batch, turn));
    }
    return outcomes;
  }

  private static boolean goesWithOthers(Batch batch, Turn turn) {
    return batch.owner(turn.owner().queue()).isPresent() && ManyTurns.takes(turn);
  }

  private Outcome<TurnResult> takeAlone(Batch batch, Turn turn) throws SQLException {
    Optional<OwnerRow> owner = batch.owner(turn.owner().queue());
    IntakeCheck intake = IntakeCheck.ofRuns(batch::intake);
    Optional<Outcome<TurnResult>> kept = intake.keepsOut(children(turn));
    if (owner.isEmpty() || kept.isPresent()) {
      return kept.orElse(Outcome.again());
    }
    return take(batch, turn, owner.get());
  }

  private Outcome<TurnResult> take(Batch batch, Turn turn, OwnerRow owner) throws SQLException {
    TurnResult.Next allowed = allowed(turn.owner(), owner);
    boolean claim = turn.claim() && allowed == TurnResult.Next.CLAIMED;
    if (turn.settle().filter(TakeTurns::isWorthATry).isPresent()) {
      try (PreparedStatement statement = PlainTurnStatement.of(batch, turn);
          ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getBoolean("settled")) {
          return taken(batch, turn, allowed, row);
        }
      }
    }
    ReportProgress.ofEnded(batch, turn.settle().stream().toList());
    try (PreparedStatement statement =
            turn.settle().isPresent()
                ? TurnStatement.of(batch, turn, claim, owner)
                : ClaimStatement.of(batch, turn.owner(), claim, 0);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return taken(batch, turn, allowed, row);
    }
  }

  private static boolean isWorthATry(Turn.Settle settle) {
    return settle.needed().isEmpty() && PlainTurnStatement.fits(settle);
  }

  /**
   * A settled task that others wait for is settled first, then they are told, and only then the
   * head is claimed: what it releases may be that head.
   */
  private Outcome<TurnResult> taken(Batch batch, Turn turn, TurnResult.Next allowed, ResultSet row)
      throws SQLException {
    if (row.getBoolean("settle_later")) {
      return Outcome.again();
    }
    if (turn.settle().isPresent() && row.getBoolean("settled")) {
      leavings.keep(batch, turn.settle().get());
    }
    TurnResult first = result(batch, turn, allowed, row);
    long unclaimed = row.getLong("head");
    boolean heard = row.getObject("heard") != null;
    aftermath.of(batch, row);
    boolean claim = turn.claim() && allowed == TurnResult.Next.CLAIMED;
    if (!claim || first.next() == TurnResult.Next.CLAIMED || unclaimed == 0 && !heard) {
      return Outcome.done(first);
    }
    return Outcome.done(claims.goOn(batch, turn, first, unclaimed));
  }

  /** What the row of a turn's statement tells. */
  static TurnResult result(Batch batch, Turn turn, TurnResult.Next allowed, ResultSet row)
      throws SQLException {
    TurnResult.Settled settled = TurnResult.Settled.NOTHING;
    if (turn.settle().isPresent()) {
      settled =
          row.getBoolean("settled") || wasSettledBefore(batch, turn.settle().get())
              ? TurnResult.Settled.DONE
              : TurnResult.Settled.STALE;
    }
    return next(settled, turn, allowed, row);
  }

  /** What the row of a claim tells. */
  static TurnResult next(
      TurnResult.Settled settled, Turn turn, TurnResult.Next allowed, ResultSet row)
      throws SQLException {
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
    return row.getLong("head") == 0 ? TurnResult.Next.NOTHING_READY : TurnResult.Next.ASK_AGAIN;
  }

  /** Whether this owner may claim now: CLAIMED, or why not. */
  static TurnResult.Next allowed(Ownership mine, OwnerRow owner) {
    if (!owner.isHeldBy(mine)) {
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
  static boolean wasSettledBefore(Batch batch, Turn.Settle settle) throws SQLException {
    try (PreparedStatement statement =
        batch.connection().prepareStatement(TurnStatement.SETTLED_BEFORE)) {
      TurnStatement.bindSettledBefore(statement, settle);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
