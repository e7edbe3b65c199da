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
 * Completes a run and claims the head of its queue, in one statement, under the lock on the queue's
 * owner row.
 */
public final class CompleteTasks implements CommandKind<CompleteAndClaim, CompleteAndClaimResult> {
  private final RunOutputs outputs;
  private final AfterCompletion afterCompletion;
  private final ClaimHead claims;

  /**
   * Creates the command with the parts it uses.
   *
   * @param outputs of completed runs
   * @param afterCompletion what their completion changes for other tasks
   * @param claims claims the head where one statement is not enough
   */
  public CompleteTasks(RunOutputs outputs, AfterCompletion afterCompletion, ClaimHead claims) {
    this.outputs = outputs;
    this.afterCompletion = afterCompletion;
    this.claims = claims;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.COMPLETE_TASKS;
  }

  @Override
  public Set<Integer> queuesOf(CompleteAndClaim command) {
    return Set.of(command.owner().queue());
  }

  @Override
  public Set<Integer> targetQueues(CompleteAndClaim command) {
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
        ? PipelinedCompletion.of(commands.get(0), afterCompletion.dependents())
        : PipelinedCompletions.of(commands);
  }

  @Override
  public List<Outcome<CompleteAndClaimResult>> execute(Batch batch, List<CompleteAndClaim> commands)
      throws SQLException {
    List<CompleteAndClaim> together =
        commands.stream().filter(command -> goesWithOthers(batch, command)).toList();
    boolean many = together.size() > 1;
    Iterator<Outcome<CompleteAndClaimResult>> taken =
        many
            ? new CompleteManyAndClaim(batch, afterCompletion, claims).take(together).iterator()
            : Collections.emptyIterator();
    List<Outcome<CompleteAndClaimResult>> outcomes = new ArrayList<>();
    for (CompleteAndClaim command : commands) {
      boolean isTaken = many && goesWithOthers(batch, command);
      outcomes.add(isTaken ? taken.next() : takeAlone(batch, command));
    }
    return outcomes;
  }

  private static boolean goesWithOthers(Batch batch, CompleteAndClaim command) {
    return batch.owner(command.owner().queue()).isPresent() && CompleteManyAndClaim.takes(command);
  }

  private Outcome<CompleteAndClaimResult> takeAlone(Batch batch, CompleteAndClaim command)
      throws SQLException {
    Optional<OwnerRow> owner = batch.owner(command.owner().queue());
    IntakeCheck intake = IntakeCheck.ofRuns(batch::intake);
    Optional<Outcome<CompleteAndClaimResult>> kept = intake.keepsOut(children(command));
    if (owner.isEmpty() || kept.isPresent()) {
      return kept.orElse(Outcome.again());
    }
    return take(batch, command, owner.get());
  }

  private Outcome<CompleteAndClaimResult> take(
      Batch batch, CompleteAndClaim command, OwnerRow owner) throws SQLException {
    CompleteAndClaimResult.ClaimStatus allowed = allowed(command.owner(), owner);
    boolean claim = command.claim() && allowed == CompleteAndClaimResult.ClaimStatus.CLAIMED;
    if (command.completion().filter(CompleteTasks::isWorthTrying).isPresent()) {
      try (PreparedStatement statement = SucceedAndClaimStatement.of(batch, command);
          ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getBoolean("completed")) {
          return taken(batch, command, allowed, row);
        }
      }
    }
    ReportProgress.ofEnded(batch, command.completion().stream().toList());
    try (PreparedStatement statement =
            command.completion().isPresent()
                ? CompleteAndClaimStatement.of(batch, command, claim, owner)
                : ClaimStatement.of(batch, command.owner(), claim, 0);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return taken(batch, command, allowed, row);
    }
  }

  private static boolean isWorthTrying(CompleteAndClaim.Completion completion) {
    return completion.needed().isEmpty() && SucceedAndClaimStatement.fits(completion);
  }

  /**
   * A task that others wait for is completed first, then its dependents are resolved, and only then
   * the head is claimed: the head may be one of the dependents.
   */
  private Outcome<CompleteAndClaimResult> taken(
      Batch batch,
      CompleteAndClaim command,
      CompleteAndClaimResult.ClaimStatus allowed,
      ResultSet row)
      throws SQLException {
    if (row.getBoolean("complete_later")) {
      return Outcome.again();
    }
    if (command.completion().isPresent() && row.getBoolean("completed")) {
      outputs.keep(batch, command.completion().get());
    }
    CompleteAndClaimResult first = result(batch, command, allowed, row);
    long unclaimed = row.getLong("head");
    boolean awaited = row.getObject("awaited") != null;
    afterCompletion.of(batch, row);
    boolean claim = command.claim() && allowed == CompleteAndClaimResult.ClaimStatus.CLAIMED;
    if (!claim
        || first.claimStatus() == CompleteAndClaimResult.ClaimStatus.CLAIMED
        || unclaimed == 0 && !awaited) {
      return Outcome.done(first);
    }
    return Outcome.done(claims.goOn(batch, command, first, unclaimed));
  }

  /** The result in the row of a complete-and-claim statement. */
  static CompleteAndClaimResult result(
      Batch batch,
      CompleteAndClaim command,
      CompleteAndClaimResult.ClaimStatus allowed,
      ResultSet row)
      throws SQLException {
    CompleteAndClaimResult.CompletionStatus completion =
        CompleteAndClaimResult.CompletionStatus.NOTHING;
    if (command.completion().isPresent()) {
      completion =
          row.getBoolean("completed") || wasCompletedBefore(batch, command.completion().get())
              ? CompleteAndClaimResult.CompletionStatus.DONE
              : CompleteAndClaimResult.CompletionStatus.STALE;
    }
    return next(completion, command, allowed, row);
  }

  /** The result in the row of a claim. */
  static CompleteAndClaimResult next(
      CompleteAndClaimResult.CompletionStatus completion,
      CompleteAndClaim command,
      CompleteAndClaimResult.ClaimStatus allowed,
      ResultSet row)
      throws SQLException {
    if (row.getObject("id") != null) {
      return new CompleteAndClaimResult(
          completion, Optional.of(TaskRows.read(row)), CompleteAndClaimResult.ClaimStatus.CLAIMED);
    }
    return new CompleteAndClaimResult(
        completion, Optional.empty(), whyNothing(command, allowed, row));
  }

  private static CompleteAndClaimResult.ClaimStatus whyNothing(
      CompleteAndClaim command, CompleteAndClaimResult.ClaimStatus allowed, ResultSet row)
      throws SQLException {
    if (!command.claim()) {
      return CompleteAndClaimResult.ClaimStatus.NOTHING_READY;
    }
    if (allowed != CompleteAndClaimResult.ClaimStatus.CLAIMED) {
      return allowed;
    }
    if (!row.getBoolean("slot_free")) {
      return CompleteAndClaimResult.ClaimStatus.NO_SLOT;
    }
    return row.getLong("head") == 0
        ? CompleteAndClaimResult.ClaimStatus.NOTHING_READY
        : CompleteAndClaimResult.ClaimStatus.ASK_AGAIN;
  }

  /** CLAIMED if this owner may claim now, else why not. */
  static CompleteAndClaimResult.ClaimStatus allowed(Ownership mine, OwnerRow owner) {
    if (!owner.isHeldBy(mine)) {
      return CompleteAndClaimResult.ClaimStatus.NOT_OWNER;
    }
    if (owner.bidNode().isPresent()) {
      return CompleteAndClaimResult.ClaimStatus.BID;
    }
    return owner.state() == QueueState.PAUSED
        ? CompleteAndClaimResult.ClaimStatus.NOT_ACTIVE
        : CompleteAndClaimResult.ClaimStatus.CLAIMED;
  }

  /**
   * Whether this run was completed before: a completion that is sent again, with the same token and
   * result, is a success.
   */
  static boolean wasCompletedBefore(Batch batch, CompleteAndClaim.Completion completion)
      throws SQLException {
    try (PreparedStatement statement =
        batch.connection().prepareStatement(CompleteAndClaimStatement.COMPLETED_BEFORE)) {
      CompleteAndClaimStatement.bindCompletedBefore(statement, completion);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
