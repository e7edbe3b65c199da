package io.tasklane.task.state;

import static io.tasklane.task.state.Move.*;
import static io.tasklane.task.state.TaskState.*;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The legal moves of a task, {@code (state, move) -> state}. Everything that writes a state uses
 * it.
 */
public final class MoveTable {
  /** The one table that Tasklane uses. */
  public static final MoveTable STANDARD =
      new MoveTable()
          .add(null, SUBMIT, QUEUED)
          .add(QUEUED, CLAIM, RUNNING)
          .add(RUNNING, SUCCEED, SUCCEEDED)
          .add(RUNNING, RETRY_LATER, RETRY_WAIT)
          .add(RETRY_WAIT, COME_DUE, QUEUED)
          .add(RUNNING, FAIL, FAILED)
          .add(QUEUED, CANCEL, CANCELLED)
          .add(RETRY_WAIT, CANCEL, CANCELLED)
          .add(RUNNING, REQUEST_CANCEL, CANCELLING)
          .add(CANCELLING, REQUEST_CANCEL, CANCELLING)
          .add(CANCELLING, CANCEL, CANCELLED)
          .add(CANCELLING, SUCCEED, SUCCEEDED)
          .add(RUNNING, LOSE_LEASE, QUEUED)
          .add(RUNNING, HAND_BACK, QUEUED)
          .add(null, BLOCK, BLOCKED)
          .add(null, SCHEDULE, SCHEDULED)
          .add(null, RULE_OUT, SKIPPED)
          .add(BLOCKED, RELEASE, QUEUED)
          .add(BLOCKED, SCHEDULE, SCHEDULED)
          .add(BLOCKED, RULE_OUT, SKIPPED)
          .add(SCHEDULED, COME_DUE, QUEUED)
          .add(QUEUED, SCHEDULE, SCHEDULED)
          .add(BLOCKED, CANCEL, CANCELLED)
          .add(SCHEDULED, CANCEL, CANCELLED)
          .add(BLOCKED, EXPIRE, FAILED)
          .add(SCHEDULED, EXPIRE, FAILED)
          .add(QUEUED, EXPIRE, FAILED)
          .add(RETRY_WAIT, EXPIRE, FAILED)
          .add(BLOCKED, UPDATE, BLOCKED)
          .add(SCHEDULED, UPDATE, SCHEDULED)
          .add(QUEUED, UPDATE, QUEUED)
          .add(RETRY_WAIT, UPDATE, RETRY_WAIT)
          .add(RUNNING, PREEMPT, QUEUED)
          .add(RUNNING, POSTPONE, RETRY_WAIT)
          .add(RUNNING, SUSPEND, SCHEDULED)
          .add(QUEUED, OFFER, OFFERED)
          .add(OFFERED, ACCEPT, RUNNING)
          .add(OFFERED, WITHDRAW, QUEUED)
          .add(OFFERED, CANCEL, CANCELLED);

  /** One line of the table; {@code from} is null for the move that creates a task. */
  public record Line(TaskState from, Move move, TaskState to) {}

  private final Map<Line, TaskState> lines = new LinkedHashMap<>();

  /** An empty table. */
  public MoveTable() {}

  /**
   * Adds a line.
   *
   * @throws IllegalArgumentException if the state is final, or already has the move
   */
  public MoveTable add(TaskState from, Move move, TaskState to) {
    if (from != null && from.isFinal()) {
      throw new IllegalArgumentException(from + " is final: " + move + " cannot leave it");
    }
    if (lines.putIfAbsent(new Line(from, move, null), to) != null) {
      throw new IllegalArgumentException(from + " has the move " + move + " already");
    }
    return this;
  }

  /** The state after a move, empty if the move is not legal in this state. */
  public Optional<TaskState> next(TaskState from, Move move) {
    return Optional.ofNullable(lines.get(new Line(from, move, null)));
  }

  /**
   * The state after a move.
   *
   * @throws IllegalStateException if the move is not legal in this state
   */
  public TaskState require(TaskState from, Move move) {
    return next(from, move)
        .orElseThrow(() -> new IllegalStateException(move + " is not legal in state " + from));
  }

  /** All lines, in the order in which they were added. */
  public List<Line> lines() {
    return lines.entrySet().stream()
        .map(e -> new Line(e.getKey().from(), e.getKey().move(), e.getValue()))
        .toList();
  }

  /** The table as a Mermaid state diagram. */
  public String toMermaid() {
    StringBuilder out = new StringBuilder("stateDiagram-v2\n");
    for (Line line : lines()) {
      out.append("    ")
          .append(line.from() == null ? "[*]" : line.from())
          .append(" --> ")
          .append(line.to())
          .append(" : ")
          .append(line.move())
          .append('\n');
    }
    lines().stream()
        .map(Line::to)
        .filter(TaskState::isFinal)
        .distinct()
        .sorted()
        .forEach(s -> out.append("    ").append(s).append(" --> [*]\n"));
    return out.toString();
  }
}
