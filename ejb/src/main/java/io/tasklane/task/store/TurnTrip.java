package io.tasklane.task.store;

import io.tasklane.store.Batch;
import io.tasklane.store.OneTrip;
import io.tasklane.store.Outcome;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** A turn in one round trip: that of a run which leaves nothing but its result, or a mere claim. */
final class TurnTrip implements OneTrip<TurnResult> {
  private static final String TURN = OneTrip.behindOwner(PlainTurnStatement.SQL);
  private static final String CLAIM = OneTrip.behindOwner(ClaimStatement.SQL);

  private final Turn turn;

  private TurnTrip(Turn turn) {
    this.turn = turn;
  }

  /** The trip of this turn, empty where it takes more. */
  static Optional<OneTrip<TurnResult>> of(Turn turn) {
    boolean fits = turn.settle().map(TurnTrip::leavesResultOnly).orElse(turn.claim());
    return fits ? Optional.of(new TurnTrip(turn)) : Optional.empty();
  }

  private static boolean leavesResultOnly(Turn.Settle settle) {
    return PlainTurnStatement.fits(settle)
        && settle.children().isEmpty()
        && settle.settlement().events().isEmpty()
        && settle.settlement().result().flatMap(Payload::reference).isEmpty();
  }

  @Override
  public String text() {
    return turn.settle().isPresent() ? TURN : CLAIM;
  }

  @Override
  public Optional<Integer> queue() {
    return Optional.of(turn.owner().queue());
  }

  @Override
  public void bind(PreparedStatement statement) throws SQLException {
    if (turn.settle().isPresent()) {
      PlainTurnStatement.bind(statement, BEHIND_OWNER, turn);
    } else {
      ClaimStatement.bind(statement, BEHIND_OWNER, turn.owner(), true, 0);
    }
  }

  /**
   * A head that could not be claimed takes the long way, behind a settlement with the next turn.
   */
  @Override
  public Optional<Outcome<TurnResult>> read(Batch batch, ResultSet row) throws SQLException {
    boolean settled = row.getBoolean("settled");
    boolean claimed = row.getObject("id") != null;
    boolean left = row.getLong("head") != 0 && !claimed;
    if (!settled && (turn.settle().isPresent() || left)) {
      return Optional.empty();
    }
    TurnResult.Next allowed =
        TakeTurns.allowed(turn.owner(), batch.owner(turn.owner().queue()).orElseThrow());
    return Optional.of(Outcome.done(TakeTurns.result(batch, turn, allowed, row)));
  }

  @Override
  public Optional<Outcome<TurnResult>> find(Batch batch) throws SQLException {
    TurnResult.Settled settled = TurnResult.Settled.NOTHING;
    if (turn.settle().isPresent()) {
      if (!TakeTurns.wasSettledBefore(batch, turn.settle().get())) {
        return Optional.empty();
      }
      settled = TurnResult.Settled.DONE;
    }
    Optional<Task> claimed = ClaimStatement.find(batch, turn.owner().queue());
    if (claimed.isEmpty() && turn.settle().isEmpty()) {
      return Optional.empty();
    }
    TurnResult.Next otherwise =
        turn.claim() ? TurnResult.Next.ASK_AGAIN : TurnResult.Next.NOTHING_READY;
    TurnResult.Next next = claimed.isPresent() ? TurnResult.Next.CLAIMED : otherwise;
    return Optional.of(Outcome.done(new TurnResult(settled, claimed, next)));
  }
}
