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
 * The complete-and-claim commands of a batch that are executed together: one statement completes
 * all their runs, one resolves the dependents, and one claims the heads of all their queues.
 */
final class CompleteManyAndClaim {
  /** What was claimed in a queue, and what was not. */
  private static final class Claims {
    private final Deque<Task> claimed = new ArrayDeque<>();
    private long free;
    private long unfit;
  }

  /**
   * A command and what became of its run. The slots of a queue send equal commands, so a command
   * cannot serve as a key.
   */
  private static final class Part {
    private final CompleteAndClaim command;
    private CompleteAndClaimResult.CompletionStatus status =
        CompleteAndClaimResult.CompletionStatus.NOTHING;
    private boolean later;

    Part(CompleteAndClaim command) {
      this.command = command;
    }

    CompleteAndClaim.Completion completion() {
      return command.completion().orElseThrow();
    }
  }

  private final Batch batch;
  private final AfterCompletion afterCompletion;
  private final ClaimHead heads;
  private final Map<Integer, Claims> claims = new HashMap<>();

  CompleteManyAndClaim(Batch batch, AfterCompletion afterCompletion, ClaimHead heads) {
    this.batch = batch;
    this.afterCompletion = afterCompletion;
    this.heads = heads;
  }

  /**
   * Whether a command can be executed with others: its run leaves nothing but its end, and has no
   * ordering key.
   */
  static boolean takes(CompleteAndClaim command) {
    return command
        .completion()
        .map(completion -> completion.orderingKey().isEmpty() && completion.leavesNothingElse())
        .orElse(true);
  }

  /**
   * Executes these commands, whose owner rows are locked; returns their outcomes in the same order.
   */
  List<Outcome<CompleteAndClaimResult>> take(List<CompleteAndClaim> commands) throws SQLException {
    List<Part> parts = commands.stream().map(Part::new).toList();
    complete(parts.stream().filter(part -> part.command.completion().isPresent()).toList());
    claim(parts);
    List<Outcome<CompleteAndClaimResult>> outcomes = new ArrayList<>();
    for (Part part : parts) {
      outcomes.add(part.later ? Outcome.again() : Outcome.done(result(part)));
    }
    return outcomes;
  }

  private void complete(List<Part> ended) throws SQLException {
    if (ended.isEmpty()) {
      return;
    }
    AfterCompletion.CompletedRuns completed = new AfterCompletion.CompletedRuns();
    List<CompleteAndClaim.Completion> completions = ended.stream().map(Part::completion).toList();
    Map<Long, Boolean> held = CompleteManyStatement.complete(batch, completions, completed);
    for (Part part : ended) {
      note(part, held.get(part.completion().task()));
    }
    afterCompletion.of(batch, completed);
  }

  /**
   * Records what became of a run.
   *
   * @param done null if its token no longer holds the task, false if its task was newer than this
   *     transaction
   */
  private void note(Part part, Boolean done) throws SQLException {
    part.later = Boolean.FALSE.equals(done);
    boolean counts =
        done == null ? CompleteTasks.wasCompletedBefore(batch, part.completion()) : done;
    part.status =
        counts
            ? CompleteAndClaimResult.CompletionStatus.DONE
            : CompleteAndClaimResult.CompletionStatus.STALE;
  }

  private CompleteAndClaimResult.ClaimStatus allowed(CompleteAndClaim command) {
    return CompleteTasks.allowed(command.owner(), owner(command));
  }

  private OwnerRow owner(CompleteAndClaim command) {
    return batch.owner(command.owner().queue()).orElseThrow();
  }

  private boolean mayClaim(Part part) {
    return part.command.claim()
        && !part.later
        && allowed(part.command) == CompleteAndClaimResult.ClaimStatus.CLAIMED;
  }

  private void claim(List<Part> parts) throws SQLException {
    Map<OwnerRow, Integer> wanted = new LinkedHashMap<>();
    Optional<Ownership> mine = Optional.empty();
    for (Part part : parts) {
      if (mayClaim(part)) {
        wanted.merge(owner(part.command), 1, Integer::sum);
        mine = Optional.of(part.command.owner());
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
    CompleteAndClaim command = part.command;
    if (!mayClaim(part)) {
      return nothing(
          part,
          command.claim() ? allowed(command) : CompleteAndClaimResult.ClaimStatus.NOTHING_READY);
    }
    Claims of = claims.get(command.owner().queue());
    Optional<Task> task = Optional.ofNullable(of.claimed.poll());
    if (task.isPresent()) {
      of.free--;
      return new CompleteAndClaimResult(
          part.status, task, CompleteAndClaimResult.ClaimStatus.CLAIMED);
    }
    if (of.free <= 0) {
      return nothing(part, CompleteAndClaimResult.ClaimStatus.NO_SLOT);
    }
    CompleteAndClaimResult first = nothing(part, CompleteAndClaimResult.ClaimStatus.NOTHING_READY);
    return of.unfit == 0 ? first : heads.goOn(batch, command, first, of.unfit);
  }

  private static CompleteAndClaimResult nothing(Part part, CompleteAndClaimResult.ClaimStatus why) {
    return new CompleteAndClaimResult(part.status, Optional.empty(), why);
  }
}
