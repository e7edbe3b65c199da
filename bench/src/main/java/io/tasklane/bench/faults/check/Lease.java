package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.state.TaskState;
import java.util.Optional;

/**
 * A lease of a task, by the times of the log.
 *
 * @param life the task
 * @param claim the move that began it
 * @param release the move that ended it, empty where none did
 */
record Lease(Life life, Entry.Moved claim, Optional<Entry.Moved> release) {

  /** Whether a task in this state has a lease. */
  static boolean isHeld(TaskState state) {
    return state == TaskState.RUNNING || state == TaskState.CANCELLING;
  }

  long start() {
    return claim.time();
  }

  /** When it ended; the end of time where it did not. */
  long end() {
    return release.map(Entry.Moved::time).orElse(Long.MAX_VALUE);
  }
}
