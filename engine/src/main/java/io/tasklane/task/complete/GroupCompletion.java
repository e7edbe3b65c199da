package io.tasklane.task.complete;

import io.tasklane.commit.Ownership;
import java.util.List;

/**
 * One step of a queue whose completions are durable in groups: completes the runs that have ended,
 * and claims tasks ahead.
 *
 * @param owner on whose behalf
 * @param completions the runs that have ended
 * @param ahead how many tasks may be claimed and not completed afterwards
 */
public record GroupCompletion(
    Ownership owner, List<CompleteAndClaim.Completion> completions, int ahead) {}
