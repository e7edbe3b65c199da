package io.tasklane.task.complete;

import io.tasklane.task.Task;
import java.util.Optional;

/**
 * The result of a {@link CompleteAndClaim}.
 *
 * @param completion what became of the run that had ended
 * @param claimed the task that runs now
 * @param claimStatus why nothing was claimed, or CLAIMED
 */
public record CompleteAndClaimResult(
    CompletionStatus completion, Optional<Task> claimed, ClaimStatus claimStatus) {}
