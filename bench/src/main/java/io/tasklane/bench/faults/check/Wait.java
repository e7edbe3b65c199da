package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.Move;
import io.tasklane.task.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A time during which a task was ready to be claimed.
 *
 * @param life the task
 * @param ready the move that made it ready
 * @param next the move after it, null where there was none
 */
record Wait(Life life, Entry.Moved ready, Entry.Moved next) {
  /** Which of two that may be claimed goes first, where their priorities do not decide. */
  static final Comparator<Wait> BY_CREATION =
      Comparator.<Wait>comparingLong(wait -> wait.life.created.at())
          .thenComparing(wait -> wait.life.task)
          .thenComparingLong(wait -> wait.ready.revision());

  private static final int LEVELS = 100;

  /** All waits of a task that was created. */
  static List<Wait> of(Life life) {
    List<Wait> waits = new ArrayList<>();
    for (int i = 0; i < life.moves.size(); i++) {
      if (life.moves.get(i).to() == TaskState.QUEUED) {
        Entry.Moved next = i + 1 < life.moves.size() ? life.moves.get(i + 1) : null;
        waits.add(new Wait(life, life.moves.get(i), next));
      }
    }
    return waits;
  }

  /** From when on it was surely durable, because somebody outside knew of it. */
  long known() {
    return ready.move() == Move.SUBMIT ? Math.min(ready.at(), life.created.at()) : ready.at();
  }

  /** Until when it surely could be claimed. */
  long until() {
    if (next == null) {
      return Long.MAX_VALUE;
    }
    return next.move() == Move.CLAIM ? next.time() : Math.min(next.time(), asked());
  }

  // A cancellation may hold its row, while the claim goes by, from when it was asked for.
  private long asked() {
    return life.cancelAsked().map(Entry.CancelAsked::at).orElse(Long.MAX_VALUE);
  }

  /** By rank and priority; the smaller goes first. Interrupted work goes before all other. */
  int place() {
    boolean interrupted = ready.move() == Move.LOSE_LEASE || ready.move() == Move.HAND_BACK;
    return (interrupted ? 0 : LEVELS) - ready.priority();
  }

  boolean isClaimed() {
    return next != null && next.move() == Move.CLAIM;
  }

  /** Whether it was surely created before the other. */
  boolean isOlderThan(Wait other) {
    return life.created.at() < other.life.created.sent();
  }
}
