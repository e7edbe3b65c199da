package io.tasklane.task.store;

import io.tasklane.store.Ownership;
import java.util.List;

/**
 * One step of a queue whose completions are durable in groups: runs that have ended are settled,
 * and tasks are claimed ahead.
 *
 * @param owner on whose behalf
 * @param settle the runs that have ended
 * @param ahead tasks that may be claimed and not settled when it is done
 */
public record GroupTurn(Ownership owner, List<Turn.Settle> settle, int ahead) {}
