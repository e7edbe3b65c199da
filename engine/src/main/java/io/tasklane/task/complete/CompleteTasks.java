package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.OwnerRow;
import io.tasklane.commit.Ownership;
import io.tasklane.commit.PipelinedTransaction;
import io.tasklane.queue.QueueState;
import io.tasklane.task.claim.ClaimStatement;
import io.tasklane.task.create.IntakeCheck;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.TaskRows;
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
public final class CompleteTasks implements CommandKind<CompleteAndClaim, CompleteAndClaimResult> {
  private final RunOutputs leavings;
  private final AfterCompletion aftermath;
  private final ClaimHead claims;

  /**
   * Makes it.
   *
   * @param leavings of settled runs
   * @param aftermath of settled runs
   * @param claims take the head where it takes more than the statement of the turn
   */
  public CompleteTasks(RunOutputs leavings, AfterCompletion aftermath, ClaimHead claims) {
    this.leavings = leavings;
    this.aftermath = aftermath;
    this.claims = claims;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.COMPLETE_TASKS;
  }

  @Override
  public Set<Integer> queuesOf(CompleteAndClaim turn) {
    return Set.of(turn.owner().queue());
  }

  @Override
  public Set<Integer> feeds(CompleteAndClaim turn) {
    return NewTask.queuesOf(children(turn));
  }

  @Override
  public Set<String> keysOf(CompleteAndClaim turn) {
    return turn.settle()
        .flatMap(CompleteAndClaim.Settle::orderingKey)
        .map(Set::of)
        .orElse(Set.of());
  }

  private static List<NewTask> children(CompleteAndClaim turn) {
    return turn.settle().map(CompleteAndClaim.Settle::children).orElse(List.of());
  }

  @Override
  public Optional<PipelinedTransaction<CompleteAndClaimResult>> inOneTrip(
      List<CompleteAndClaim> turns) {
    return turns.size() == 1
        ? PipelinedCompletion.of(turns.get(0), aftermath.dependents())
        : PipelinedCompletions.of(turns);
  }

  @Override
  public List<Outcome<CompleteAndClaimResult>> execute(Batch batch, List<CompleteAndClaim> turns)
      throws SQLException {
    List<CompleteAndClaim> together =
        turns.stream().filter(turn -> goesWithOthers(batch, turn)).toList();
    boolean many = together.size() > 1;
    Iterator<Outcome<CompleteAndClaimResult>> taken =
        many
            ? new CompleteManyAndClaim(batch, aftermath, claims).take(together).iterator()
            : Collections.emptyIterator();
    List<Outcome<CompleteAndClaimResult>> outcomes = new ArrayList<>();
    for (CompleteAndClaim turn : turns) {
      boolean isTaken = many && goesWithOthers(batch, turn);
      outcomes.add(isTaken ? taken.next() : takeAlone(batch, turn));
    }
    return outcomes;
  }

  private static boolean goesWithOthers(Batch batch, CompleteAndClaim turn) {
    return batch.owner(turn.owner().queue()).isPresent() && CompleteManyAndClaim.takes(turn);
  }

  private Outcome<CompleteAndClaimResult> takeAlone(Batch batch, CompleteAndClaim turn)
      throws SQLException {
    Optional<OwnerRow> owner = batch.owner(turn.owner().queue());
    IntakeCheck intake = IntakeCheck.ofRuns(batch::intake);
    Optional<Outcome<CompleteAndClaimResult>> kept = intake.keepsOut(children(turn));
    if (owner.isEmpty() || kept.isPresent()) {
      return kept.orElse(Outcome.again());
    }
    return take(batch, turn, owner.get());
  }

  private Outcome<CompleteAndClaimResult> take(Batch batch, CompleteAndClaim turn, OwnerRow owner)
      throws SQLException {
    CompleteAndClaimResult.Next allowed = allowed(turn.owner(), owner);
    boolean claim = turn.claim() && allowed == CompleteAndClaimResult.Next.CLAIMED;
    if (turn.settle().filter(CompleteTasks::isWorthATry).isPresent()) {
      try (PreparedStatement statement = SucceedAndClaimStatement.of(batch, turn);
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
                ? CompleteAndClaimStatement.of(batch, turn, claim, owner)
                : ClaimStatement.of(batch, turn.owner(), claim, 0);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return taken(batch, turn, allowed, row);
    }
  }

  private static boolean isWorthATry(CompleteAndClaim.Settle settle) {
    return settle.needed().isEmpty() && SucceedAndClaimStatement.fits(settle);
  }

  /**
   * A settled task that others wait for is settled first, then they are told, and only then the
   * head is claimed: what it releases may be that head.
   */
  private Outcome<CompleteAndClaimResult> taken(
      Batch batch, CompleteAndClaim turn, CompleteAndClaimResult.Next allowed, ResultSet row)
      throws SQLException {
    if (row.getBoolean("settle_later")) {
      return Outcome.again();
    }
    if (turn.settle().isPresent() && row.getBoolean("settled")) {
      leavings.keep(batch, turn.settle().get());
    }
    CompleteAndClaimResult first = result(batch, turn, allowed, row);
    long unclaimed = row.getLong("head");
    boolean heard = row.getObject("heard") != null;
    aftermath.of(batch, row);
    boolean claim = turn.claim() && allowed == CompleteAndClaimResult.Next.CLAIMED;
    if (!claim || first.next() == CompleteAndClaimResult.Next.CLAIMED || unclaimed == 0 && !heard) {
      return Outcome.done(first);
    }
    return Outcome.done(claims.goOn(batch, turn, first, unclaimed));
  }

  /** What the row of a turn's statement tells. */
  static CompleteAndClaimResult result(
      Batch batch, CompleteAndClaim turn, CompleteAndClaimResult.Next allowed, ResultSet row)
      throws SQLException {
    CompleteAndClaimResult.Settled settled = CompleteAndClaimResult.Settled.NOTHING;
    if (turn.settle().isPresent()) {
      settled =
          row.getBoolean("settled") || wasSettledBefore(batch, turn.settle().get())
              ? CompleteAndClaimResult.Settled.DONE
              : CompleteAndClaimResult.Settled.STALE;
    }
    return next(settled, turn, allowed, row);
  }

  /** What the row of a claim tells. */
  static CompleteAndClaimResult next(
      CompleteAndClaimResult.Settled settled,
      CompleteAndClaim turn,
      CompleteAndClaimResult.Next allowed,
      ResultSet row)
      throws SQLException {
    if (row.getObject("id") != null) {
      return new CompleteAndClaimResult(
          settled, Optional.of(TaskRows.read(row)), CompleteAndClaimResult.Next.CLAIMED);
    }
    return new CompleteAndClaimResult(settled, Optional.empty(), whyNothing(turn, allowed, row));
  }

  private static CompleteAndClaimResult.Next whyNothing(
      CompleteAndClaim turn, CompleteAndClaimResult.Next allowed, ResultSet row)
      throws SQLException {
    if (!turn.claim()) {
      return CompleteAndClaimResult.Next.NOTHING_READY;
    }
    if (allowed != CompleteAndClaimResult.Next.CLAIMED) {
      return allowed;
    }
    if (!row.getBoolean("slot_free")) {
      return CompleteAndClaimResult.Next.NO_SLOT;
    }
    return row.getLong("head") == 0
        ? CompleteAndClaimResult.Next.NOTHING_READY
        : CompleteAndClaimResult.Next.ASK_AGAIN;
  }

  /** Whether this owner may claim now: CLAIMED, or why not. */
  static CompleteAndClaimResult.Next allowed(Ownership mine, OwnerRow owner) {
    if (!owner.isHeldBy(mine)) {
      return CompleteAndClaimResult.Next.NOT_OWNER;
    }
    if (owner.bidNode().isPresent()) {
      return CompleteAndClaimResult.Next.BID;
    }
    return owner.state() == QueueState.PAUSED
        ? CompleteAndClaimResult.Next.NOT_ACTIVE
        : CompleteAndClaimResult.Next.CLAIMED;
  }

  /** A settlement that is sent again, with the same token and result, is a success. */
  static boolean wasSettledBefore(Batch batch, CompleteAndClaim.Settle settle) throws SQLException {
    try (PreparedStatement statement =
        batch.connection().prepareStatement(CompleteAndClaimStatement.SETTLED_BEFORE)) {
      CompleteAndClaimStatement.bindSettledBefore(statement, settle);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
