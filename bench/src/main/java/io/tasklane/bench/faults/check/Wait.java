package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.recover.Suspect;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A time during which a task was ready to be claimed.
 *
 * @param life the task
 * @param ready the move that made it ready
 * @param next the move after it, null where there was none
 * @param place by rank, then by priority or order key; the smaller goes first
 */
record Wait(Life life, Entry.Moved ready, Entry.Moved next, long place) {
  /** Which of two that may be claimed goes first, where their priorities do not decide. */
  static final Comparator<Wait> BY_CREATION =
      Comparator.<Wait>comparingLong(wait -> wait.life.created.at())
          .thenComparing(wait -> wait.life.task)
          .thenComparingLong(wait -> wait.ready.revision());

  // More than any order key: interrupted work goes before all other.
  private static final long RANK = 1L << 60;
  private static final int MICROS_IN_MILLI = 1000;

  /** All waits of a task that was created; none where its place in the queue is not known. */
  static List<Wait> of(Life life, History history) {
    List<Wait> waits = new ArrayList<>();
    long aging = life.moves.isEmpty() ? 0 : history.queue(life.moves.get(0).queue()).agingMillis();
    if (aging > 0 && life.ended().filter(end -> end.createTime() > 0).isEmpty()) {
      return waits;
    }
    for (int i = 0; i < life.moves.size(); i++) {
      if (life.moves.get(i).to() == TaskState.QUEUED) {
        Entry.Moved next = i + 1 < life.moves.size() ? life.moves.get(i + 1) : null;
        waits.add(new Wait(life, life.moves.get(i), next, place(life, life.moves.get(i), aging)));
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

  private static long place(Life life, Entry.Moved ready, long agingMillis) {
    boolean interrupted = ready.move() == Move.LOSE_LEASE || ready.move() == Move.HAND_BACK;
    long orderKey =
        agingMillis == 0
            ? -ready.priority()
            : life.ended.createTime() / MICROS_IN_MILLI - (ready.priority() - 1) * agingMillis;
    return (interrupted ? 0 : RANK) + orderKey;
  }

  /**
   * Whether others may go before it because it has lost a run.
   *
   * @param time of a claim
   */
  boolean mayStandAside(long time) {
    if (ready.move() == Move.LOSE_LEASE) {
      return time - ready.time() >= TimeUnit.MILLISECONDS.toMicros(Suspect.ALONE.toMillis());
    }
    return life.moves.stream()
        .takeWhile(move -> move != ready)
        .anyMatch(move -> move.move() == Move.LOSE_LEASE);
  }

  boolean isClaimed() {
    return next != null && next.move() == Move.CLAIM;
  }

  /** Whether it was surely created before the other. */
  boolean isOlderThan(Wait other) {
    return life.created.at() < other.life.created.sent();
  }
}
