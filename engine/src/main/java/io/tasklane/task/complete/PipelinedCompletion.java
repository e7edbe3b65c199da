package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.PipelinedSql;
import io.tasklane.commit.PipelinedTransaction;
import io.tasklane.database.Parameters;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.task.Task;
import io.tasklane.task.claim.ClaimStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Complete-and-claim in one round trip, for a run that leaves nothing but its result, or for a mere
 * claim. If others were known to need the task when it began, a second statement resolves the
 * dependents after the completion, and a third one claims, because a released dependent may be the
 * head.
 *
 * @param statements built once
 * @param command the one command
 * @param dependents resolves the dependents of the completed task
 */
record PipelinedCompletion(
    CompletionStatements statements, CompleteAndClaim command, ResolveDependents dependents)
    implements PipelinedTransaction<CompleteAndClaimResult> {

  /**
   * The pipelined transaction of this command; empty where it needs more than one round trip.
   *
   * @param dependents resolves the dependents of the completed task
   */
  static Optional<PipelinedTransaction<CompleteAndClaimResult>> of(
      CompletionStatements statements, CompleteAndClaim command, ResolveDependents dependents) {
    boolean fits =
        command.completion().map(PipelinedCompletion::leavesResultOnly).orElse(command.claim());
    return fits
        ? Optional.of(new PipelinedCompletion(statements, command, dependents))
        : Optional.empty();
  }

  static boolean leavesResultOnly(CompleteAndClaim.Completion completion) {
    return SucceedAndClaimStatement.fits(completion) && completion.leavesNothingElse();
  }

  private boolean isAwaited() {
    return command.completion().flatMap(CompleteAndClaim.Completion::needed).isPresent();
  }

  @Override
  public PipelinedSql sql() {
    if (command.completion().isEmpty()) {
      return statements.claim();
    }
    return isAwaited() ? statements.succeedNeeded() : statements.succeed();
  }

  @Override
  public void bind(Parameters parameters) throws SQLException {
    if (command.completion().isEmpty()) {
      ClaimStatement.bind(parameters, command.owner());
      return;
    }
    SucceedAndClaimStatement.bind(parameters, command, isAwaited());
    if (isAwaited()) {
      CompleteAndClaim.Completion completion = command.completion().get();
      ResolveDependents.bindAlone(parameters, completion.task(), completion.needed().get());
      ClaimStatement.bindAfter(parameters, command.owner(), command.claim(), completion.task());
    }
  }

  @Override
  public List<Optional<Outcome<CompleteAndClaimResult>>> read(Batch batch, ResultSet row)
      throws SQLException {
    return List.of(outcome(batch, row));
  }

  /**
   * A head that could not be claimed takes the general way: at once for a mere claim, after a
   * completion with the next command.
   */
  private Optional<Outcome<CompleteAndClaimResult>> outcome(Batch batch, ResultSet row)
      throws SQLException {
    if (batch.owner(command.owner().queue()).isEmpty()) {
      return Optional.of(Outcome.again()); // another transaction held the row: nothing was done
    }
    if (command.completion().isEmpty()) {
      boolean left = row.getLong("head") != 0 && row.getObject("id") == null;
      return left ? Optional.empty() : Optional.of(next(CompletionStatus.NOTHING, batch, row));
    }
    if (!row.getBoolean("completed")) {
      return Optional.empty();
    }
    return Optional.of(
        isAwaited()
            ? withDependents(batch, row.getStatement())
            : next(CompletionStatus.DONE, batch, row));
  }

  private Outcome<CompleteAndClaimResult> next(
      CompletionStatus completion, Batch batch, ResultSet row) throws SQLException {
    return Outcome.done(CompleteTasks.next(completion, command, allowed(batch), row));
  }

  private Outcome<CompleteAndClaimResult> withDependents(Batch batch, Statement statement)
      throws SQLException {
    statement.getMoreResults();
    try (ResultSet rows = statement.getResultSet()) {
      dependents.released(batch, rows);
    }
    statement.getMoreResults();
    try (ResultSet row = statement.getResultSet()) {
      row.next();
      return next(CompletionStatus.DONE, batch, row);
    }
  }

  private ClaimStatus allowed(Batch batch) {
    return CompleteTasks.allowed(
        command.owner(), batch.owner(command.owner().queue()).orElseThrow());
  }

  @Override
  public List<Optional<Outcome<CompleteAndClaimResult>>> find(Batch batch) throws SQLException {
    return List.of(found(batch));
  }

  private Optional<Outcome<CompleteAndClaimResult>> found(Batch batch) throws SQLException {
    boolean completed =
        command.completion().isPresent()
            && CompletedBefore.holds(batch, command.completion().get());
    boolean takesPart = command.completion().isEmpty() || completed;
    Optional<Task> claimed =
        takesPart
            ? ClaimStatement.find(batch, command.owner().queue()).stream().findFirst()
            : Optional.empty();
    return found(command, completed, claimed);
  }

  /** The outcome of a command whose answer was lost; empty where it has written nothing. */
  static Optional<Outcome<CompleteAndClaimResult>> found(
      CompleteAndClaim command, boolean completed, Optional<Task> claimed) {
    if (claimed.isEmpty() && !completed) {
      return Optional.empty();
    }
    ClaimStatus otherwise = command.claim() ? ClaimStatus.ASK_AGAIN : ClaimStatus.NOTHING_READY;
    return Optional.of(
        Outcome.done(
            new CompleteAndClaimResult(
                completed ? CompletionStatus.DONE : CompletionStatus.NOTHING,
                claimed,
                claimed.isPresent() ? ClaimStatus.CLAIMED : otherwise)));
  }
}
