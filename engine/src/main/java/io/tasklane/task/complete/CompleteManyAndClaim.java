package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.OwnerRow;
import io.tasklane.commit.Ownership;
import io.tasklane.task.Task;
import io.tasklane.task.claim.ClaimHeadsStatement;
import io.tasklane.task.row.TaskRows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The turns of a batch that go together: all their runs are settled in one statement, those who
 * wait for them are told in one, and the heads of all their queues claimed in one.
 */
final class CompleteManyAndClaim {
  /** What was claimed in a queue, and what was not. */
  private static final class Claims {
    private final Deque<Task> claimed = new ArrayDeque<>();
    private long free;
    private long unfit;
  }

  /**
   * A turn and what became of its run. Lanes of a queue claim in equal words, so turns are no keys.
   */
  private static final class Part {
    private final CompleteAndClaim turn;
    private CompleteAndClaimResult.Settled settled = CompleteAndClaimResult.Settled.NOTHING;
    private boolean later;

    Part(CompleteAndClaim turn) {
      this.turn = turn;
    }

    CompleteAndClaim.Settle settle() {
      return turn.settle().orElseThrow();
    }
  }

  private final Batch batch;
  private final AfterCompletion aftermath;
  private final ClaimHead heads;
  private final Map<Integer, Claims> claims = new HashMap<>();

  CompleteManyAndClaim(Batch batch, AfterCompletion aftermath, ClaimHead heads) {
    this.batch = batch;
    this.aftermath = aftermath;
    this.heads = heads;
  }

  /** Whether a turn can go with others: its run leaves nothing but how it ended, and no line. */
  static boolean takes(CompleteAndClaim turn) {
    return turn.settle()
        .map(settle -> settle.orderingKey().isEmpty() && settle.leavesNothingElse())
        .orElse(true);
  }

  /** Takes these turns, whose owner rows are locked; gives their outcomes in the same order. */
  List<Outcome<CompleteAndClaimResult>> take(List<CompleteAndClaim> turns) throws SQLException {
    List<Part> parts = turns.stream().map(Part::new).toList();
    settle(parts.stream().filter(part -> part.turn.settle().isPresent()).toList());
    claim(parts);
    List<Outcome<CompleteAndClaimResult>> outcomes = new ArrayList<>();
    for (Part part : parts) {
      outcomes.add(part.later ? Outcome.again() : Outcome.done(result(part)));
    }
    return outcomes;
  }

  private void settle(List<Part> ended) throws SQLException {
    if (ended.isEmpty()) {
      return;
    }
    AfterCompletion.Noted noted = new AfterCompletion.Noted();
    List<CompleteAndClaim.Settle> settles = ended.stream().map(Part::settle).toList();
    Map<Long, Boolean> held = CompleteManyStatement.settle(batch, settles, noted);
    for (Part part : ended) {
      note(part, held.get(part.settle().task()));
    }
    aftermath.of(batch, noted);
  }

  /**
   * Takes note of what became of a run.
   *
   * @param done null where its token holds the task no longer, false where its task was newer than
   *     this transaction
   */
  private void note(Part part, Boolean done) throws SQLException {
    part.later = Boolean.FALSE.equals(done);
    boolean counts = done == null ? CompleteTasks.wasSettledBefore(batch, part.settle()) : done;
    part.settled =
        counts ? CompleteAndClaimResult.Settled.DONE : CompleteAndClaimResult.Settled.STALE;
  }

  private CompleteAndClaimResult.Next allowed(CompleteAndClaim turn) {
    return CompleteTasks.allowed(turn.owner(), owner(turn));
  }

  private OwnerRow owner(CompleteAndClaim turn) {
    return batch.owner(turn.owner().queue()).orElseThrow();
  }

  private boolean mayClaim(Part part) {
    return part.turn.claim()
        && !part.later
        && allowed(part.turn) == CompleteAndClaimResult.Next.CLAIMED;
  }

  private void claim(List<Part> parts) throws SQLException {
    Map<OwnerRow, Integer> wanted = new LinkedHashMap<>();
    Optional<Ownership> mine = Optional.empty();
    for (Part part : parts) {
      if (mayClaim(part)) {
        wanted.merge(owner(part.turn), 1, Integer::sum);
        mine = Optional.of(part.turn.owner());
      }
    }
    if (mine.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
            ClaimHeadsStatement.of(batch.connection(), mine.get(), wanted);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Claims of = claims.computeIfAbsent(row.getInt("of_queue"), queue -> new Claims());
        of.free = row.getLong("free");
        of.unfit = row.getLong("unfit");
        if (row.getObject("id") != null) {
          of.claimed.add(TaskRows.read(row));
        }
      }
    }
  }

  private CompleteAndClaimResult result(Part part) throws SQLException {
    CompleteAndClaim turn = part.turn;
    if (!mayClaim(part)) {
      return nothing(
          part, turn.claim() ? allowed(turn) : CompleteAndClaimResult.Next.NOTHING_READY);
    }
    Claims of = claims.get(turn.owner().queue());
    Optional<Task> task = Optional.ofNullable(of.claimed.poll());
    if (task.isPresent()) {
      of.free--;
      return new CompleteAndClaimResult(part.settled, task, CompleteAndClaimResult.Next.CLAIMED);
    }
    if (of.free <= 0) {
      return nothing(part, CompleteAndClaimResult.Next.NO_SLOT);
    }
    CompleteAndClaimResult first = nothing(part, CompleteAndClaimResult.Next.NOTHING_READY);
    return of.unfit == 0 ? first : heads.goOn(batch, turn, first, of.unfit);
  }

  private static CompleteAndClaimResult nothing(Part part, CompleteAndClaimResult.Next why) {
    return new CompleteAndClaimResult(part.settled, Optional.empty(), why);
  }
}
