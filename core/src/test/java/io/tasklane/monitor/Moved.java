package io.tasklane.monitor;

import io.tasklane.event.LogEvent;
import io.tasklane.event.TaskChange;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.Optional;

/** Makes the events that a queue's figures are folded from. */
final class Moved {
  private Moved() {}

  /** A task of this priority made the move, after it had been where it was since then. */
  static LogEvent task(
      long revision, int priority, TaskState from, Move move, Instant since, Instant at) {
    TaskState to = MoveTable.STANDARD.require(from, move);
    TaskChange change =
        new TaskChange(
            new TaskKey(1),
            "t",
            priority,
            Optional.of(move),
            Optional.ofNullable(from),
            to,
            1,
            1,
            Optional.ofNullable(since),
            Optional.empty());
    return new LogEvent(
        revision,
        revision,
        LogEvent.TASK_STATE_CHANGED,
        "tasks/x",
        "Q",
        Optional.of(change),
        "{}",
        "test",
        at);
  }
}
