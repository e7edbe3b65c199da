package io.tasklane.task.complete;

import io.tasklane.task.Task;
import java.util.List;

/**
 * The result of a {@link GroupCompletion}.
 *
 * @param completions what became of the runs that had ended, in their order
 * @param claimed the tasks to run now, in this order
 * @param claimStatus why no more were claimed
 */
public record GroupResult(
    List<CompletionStatus> completions, List<Task> claimed, ClaimStatus claimStatus) {}
