package io.tasklane.task.store;

import io.tasklane.store.Batch;
import io.tasklane.store.OneTrip;
import io.tasklane.store.Outcome;
import io.tasklane.task.Task;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The turns of several queues, or of the lanes of one, in one round trip. */
final class TurnsTrip implements OneTrip<TurnResult> {
  private static final String TEXT = OneTrip.behindOwners(PlainTurnsStatement.SQL);

  private final List<Turn> turns;

  private TurnsTrip(List<Turn> turns) {
    this.turns = turns;
  }

  /** The trip of these turns, empty where one of them takes more. */
  static Optional<OneTrip<TurnResult>> of(List<Turn> turns) {
    long starts = turns.stream().map(turn -> turn.owner().incarnation()).distinct().count();
    return starts == 1 && turns.stream().allMatch(TurnsTrip::fits)
        ? Optional.of(new TurnsTrip(turns))
        : Optional.empty();
  }

  private static boolean fits(Turn turn) {
    return turn.settle()
        .map(settle -> TurnTrip.leavesResultOnly(settle) && settle.needed().isEmpty())
        .orElse(turn.claim());
  }

  @Override
  public String text() {
    return TEXT;
  }

  @Override
  public boolean locksOwners() {
    return true;
  }

  @Override
  public void bind(PreparedStatement statement) throws SQLException {
    Set<Integer> queues =
        turns.stream().map(turn -> turn.owner().queue()).collect(Collectors.toSet());
    statement.setArray(OWNERS, Batch.keys(statement.getConnection(), queues));
    PlainTurnsStatement.bind(statement, BEHIND_OWNERS, turns);
  }

  @Override
  public List<Optional<Outcome<TurnResult>>> read(Batch batch, ResultSet first)
      throws SQLException {
    List<Optional<Outcome<TurnResult>>> outcomes = new ArrayList<>();
    ResultSet row = first;
    for (Turn turn : turns) {
      outcomes.add(outcome(batch, turn, row));
      row.next();
    }
    return outcomes;
  }

  /** A head that could not be claimed takes the long way, as in {@link TurnTrip}. */
  private static Optional<Outcome<TurnResult>> outcome(Batch batch, Turn turn, ResultSet row)
      throws SQLException {
    int queue = turn.owner().queue();
    if (batch.owner(queue).isEmpty()) {
      return Optional.of(Outcome.again());
    }
    boolean isLeft = row.getLong("head") != 0 && row.getObject("id") == null;
    if (turn.settle().isPresent() ? !row.getBoolean("settled") : isLeft) {
      return Optional.empty();
    }
    TurnResult.Next allowed = TakeTurns.allowed(turn.owner(), batch.owner(queue).orElseThrow());
    return Optional.of(Outcome.done(TakeTurns.result(batch, turn, allowed, row)));
  }

  @Override
  public List<Optional<Outcome<TurnResult>>> find(Batch batch) throws SQLException {
    Map<Integer, Deque<Task>> claimed = new HashMap<>();
    List<Optional<Outcome<TurnResult>>> outcomes = new ArrayList<>();
    for (Turn turn : turns) {
      int queue = turn.owner().queue();
      if (!claimed.containsKey(queue)) {
        claimed.put(queue, new ArrayDeque<>(ClaimStatement.find(batch, queue)));
      }
      boolean settled =
          turn.settle().isPresent() && TakeTurns.wasSettledBefore(batch, turn.settle().get());
      boolean takesPart = turn.settle().isEmpty() || settled;
      Optional<Task> task =
          turn.claim() && takesPart
              ? Optional.ofNullable(claimed.get(queue).poll())
              : Optional.empty();
      outcomes.add(TurnTrip.found(turn, settled, task));
    }
    return outcomes;
  }
}
