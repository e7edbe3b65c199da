package io.tasklane.batch;

import io.tasklane.filter.DeadLetterFilter;
import io.tasklane.filter.FilterException;
import io.tasklane.filter.TaskFilter;
import io.tasklane.filter.WorkflowFilter;

/** The filter of a batch operation: that of the list of its targets. */
public sealed interface BatchFilter {
  /**
   * Tasks.
   *
   * @param filter which
   */
  record Tasks(TaskFilter filter) implements BatchFilter {}

  /**
   * Dead letters.
   *
   * @param filter which
   */
  record DeadLetters(DeadLetterFilter filter) implements BatchFilter {}

  /**
   * Workflows.
   *
   * @param filter which
   */
  record Workflows(WorkflowFilter filter) implements BatchFilter {}

  /**
   * Parses the filter of a kind; a blank text matches everything.
   *
   * @throws FilterException with the position and what is allowed there
   */
  static BatchFilter parse(BatchKind kind, String text) {
    return switch (kind) {
      case CANCEL_TASKS, RETRY_TASKS, SET_PRIORITY -> new Tasks(TaskFilter.parse(text));
      case REPLAY_DEAD_LETTERS, DISCARD_DEAD_LETTERS ->
          new DeadLetters(DeadLetterFilter.parse(text));
      case CANCEL_WORKFLOWS -> new Workflows(WorkflowFilter.parse(text));
    };
  }
}
