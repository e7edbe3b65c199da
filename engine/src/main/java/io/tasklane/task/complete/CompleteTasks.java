package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.OwnerRow;
import io.tasklane.commit.Ownership;
import io.tasklane.commit.PipelinedTransaction;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.key.QueueKey;
import io.tasklane.task.create.IntakeCheck;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.TaskRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Completes runs and claims the heads of their queues, under the locks on the queues' owner rows:
 * in one round trip what is plain, everything else in three steps. The runs are completed, then
 * what this changes for others is written, and only then is claimed: a released dependent may be
 * the head.
 */
public final class CompleteTasks implements CommandKind<CompleteAndClaim, CompleteAndClaimResult> {
  private final CompleteRuns runs;
  private final ResolveDependents dependents;
  private final ClaimHeads claims;
  private final CompletionStatements statements;

  /**
   * Creates the command with the parts it uses.
   *
   * @param runs completes runs that are not plain
   * @param dependents resolves the dependents of a plain run in its round trip
   * @param claims claims heads
   */
  public CompleteTasks(CompleteRuns runs, ResolveDependents dependents, ClaimHeads claims) {
    this.runs = runs;
    this.dependents = dependents;
    this.claims = claims;
    this.statements = CompletionStatements.of(claims.pieces());
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.COMPLETE_TASKS;
  }

  @Override
  public Set<QueueKey> queuesOf(CompleteAndClaim command) {
    return Set.of(command.owner().queue());
  }

  @Override
  public Set<QueueKey> targetQueues(CompleteAndClaim command) {
    return NewTask.queuesOf(children(command));
  }

  @Override
  public Set<String> keysOf(CompleteAndClaim command) {
    return command
        .completion()
        .flatMap(CompleteAndClaim.Completion::orderingKey)
        .map(Set::of)
        .orElse(Set.of());
  }

  private static List<NewTask> children(CompleteAndClaim command) {
    return command.completion().map(CompleteAndClaim.Completion::children).orElse(List.of());
  }

  @Override
  public Optional<PipelinedTransaction<CompleteAndClaimResult>> pipelined(
      List<CompleteAndClaim> commands) {
    return commands.size() == 1
        ? PipelinedCompletion.of(statements, commands.get(0), dependents)
        : PipelinedCompletions.of(statements, commands);
  }

  @Override
  public List<Outcome<CompleteAndClaimResult>> execute(Batch batch, List<CompleteAndClaim> commands)
      throws SQLException {
    List<Optional<Outcome<CompleteAndClaimResult>>> kept = new ArrayList<>();
    List<CompleteAndClaim> open = new ArrayList<>();
    for (CompleteAndClaim command : commands) {
      Optional<Outcome<CompleteAndClaimResult>> why = keptOut(batch, command);
      kept.add(why);
      if (why.isEmpty()) {
        open.add(command);
      }
    }
    List<Outcome<CompleteAndClaimResult>> taken = take(batch, open);
    List<Outcome<CompleteAndClaimResult>> outcomes = new ArrayList<>();
    int next = 0;
    for (Optional<Outcome<CompleteAndClaimResult>> why : kept) {
      outcomes.add(why.isPresent() ? why.get() : taken.get(next++));
    }
    return outcomes;
  }

  /** The outcome where the owner row is locked by another transaction, or children are refused. */
  private static Optional<Outcome<CompleteAndClaimResult>> keptOut(
      Batch batch, CompleteAndClaim command) throws SQLException {
    if (batch.owner(command.owner().queue()).isEmpty()) {
      return Optional.of(Outcome.again());
    }
    return IntakeCheck.ofRuns(batch::intake).keepsOut(children(command));
  }

  private List<Outcome<CompleteAndClaimResult>> take(Batch batch, List<CompleteAndClaim> commands)
      throws SQLException {
    List<CompletionStatus> ended =
        runs.complete(
            batch, commands.stream().flatMap(command -> command.completion().stream()).toList());
    List<CompletionStatus> statuses = new ArrayList<>();
    List<CompleteAndClaim> claiming = new ArrayList<>();
    int next = 0;
    for (CompleteAndClaim command : commands) {
      CompletionStatus status =
          command.completion().isPresent() ? ended.get(next++) : CompletionStatus.NOTHING;
      statuses.add(status);
      if (status != CompletionStatus.LATER && mayClaim(batch, command)) {
        claiming.add(command);
      }
    }
    ClaimHeads.Heads heads = claims.of(batch, claiming);
    List<Outcome<CompleteAndClaimResult>> outcomes = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      outcomes.add(outcome(batch, commands.get(i), statuses.get(i), heads));
    }
    return outcomes;
  }

  private static Outcome<CompleteAndClaimResult> outcome(
      Batch batch, CompleteAndClaim command, CompletionStatus status, ClaimHeads.Heads heads)
      throws SQLException {
    if (status == CompletionStatus.LATER) {
      return Outcome.again();
    }
    if (mayClaim(batch, command)) {
      return Outcome.done(heads.next(status, command.owner()));
    }
    ClaimStatus why = command.claim() ? allowed(batch, command) : ClaimStatus.NOTHING_READY;
    return Outcome.done(new CompleteAndClaimResult(status, Optional.empty(), why));
  }

  private static boolean mayClaim(Batch batch, CompleteAndClaim command) {
    return command.claim() && allowed(batch, command) == ClaimStatus.CLAIMED;
  }

  private static ClaimStatus allowed(Batch batch, CompleteAndClaim command) {
    return allowed(command.owner(), batch.owner(command.owner().queue()).orElseThrow());
  }

  /** CLAIMED if this owner may claim now, else why not. */
  static ClaimStatus allowed(Ownership mine, OwnerRow owner) {
    return switch (owner.allows(mine)) {
      case GRANTED -> ClaimStatus.CLAIMED;
      case NOT_OWNER -> ClaimStatus.NOT_OWNER;
      case BID -> ClaimStatus.BID;
      case PAUSED -> ClaimStatus.NOT_ACTIVE;
    };
  }

  /** The result in the row of a pipelined claim. */
  static CompleteAndClaimResult next(
      CompletionStatus completion, CompleteAndClaim command, ClaimStatus allowed, ResultSet row)
      throws SQLException {
    if (row.getObject("id") != null) {
      return new CompleteAndClaimResult(
          completion, Optional.of(TaskRows.read(row)), ClaimStatus.CLAIMED);
    }
    return new CompleteAndClaimResult(
        completion, Optional.empty(), whyNothing(command, allowed, row));
  }

  private static ClaimStatus whyNothing(
      CompleteAndClaim command, ClaimStatus allowed, ResultSet row) throws SQLException {
    if (!command.claim()) {
      return ClaimStatus.NOTHING_READY;
    }
    if (allowed != ClaimStatus.CLAIMED) {
      return allowed;
    }
    if (!row.getBoolean("slot_free")) {
      return ClaimStatus.NO_SLOT;
    }
    return row.getLong("head") == 0 ? ClaimStatus.NOTHING_READY : ClaimStatus.ASK_AGAIN;
  }
}
