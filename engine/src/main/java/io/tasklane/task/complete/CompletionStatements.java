package io.tasklane.task.complete;

import io.tasklane.commit.PipelinedSql;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.task.claim.ClaimSql;
import io.tasklane.task.claim.ClaimStatement;

/**
 * The pipelined transactions of completions and claims, built once.
 *
 * @param claim claims only
 * @param succeed completes a plain run and claims
 * @param succeedNeeded the same for a task that others need: completes, resolves the dependents and
 *     then claims, because a released dependent may be the head
 * @param succeedMany completes plain runs and claims, for several commands
 */
record CompletionStatements(
    PipelinedSql claim,
    PipelinedSql succeed,
    PipelinedSql succeedNeeded,
    PipelinedSql succeedMany) {
  static CompletionStatements of(ClaimSql pieces) {
    String claim = new ClaimStatement(pieces).text();
    String succeed = SucceedAndClaimStatement.text(pieces);
    String needed = succeed + ";\n" + ResolveDependents.TEXT + ";\n" + claim;
    return new CompletionStatements(
        PipelinedSql.afterOwner(claim),
        PipelinedSql.afterOwner(succeed),
        PipelinedSql.afterOwner(needed),
        PipelinedSql.afterOwners(SucceedAndClaimManyStatement.text(pieces)));
  }
}
