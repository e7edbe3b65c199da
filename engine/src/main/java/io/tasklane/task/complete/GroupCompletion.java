package io.tasklane.task.complete;

import io.tasklane.commit.Ownership;
import java.util.List;

/**
 * One step of a queue whose completions are durable in groups: runs that have ended are settled,
 * and tasks are claimed ahead.
 *
 * @param owner on whose behalf
 * @param settle the runs that have ended
 * @param ahead tasks that may be claimed and not settled when it is done
 */
public record GroupCompletion(Ownership owner, List<CompleteAndClaim.Settle> settle, int ahead) {}
