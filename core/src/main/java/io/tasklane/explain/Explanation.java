package io.tasklane.explain;

import io.tasklane.task.state.TaskState;
import java.util.List;

/**
 * Why a task is not running.
 *
 * @param taskId final part of its name
 * @param state its state
 * @param blockers what keeps it, in the order in which that must clear; empty where nothing does
 * @param tasksAhead ready tasks of its queue before it, at most {@link #MOST_AHEAD}
 * @param start when it starts
 * @param revision of the state that was explained
 */
public record Explanation(
    String taskId,
    TaskState state,
    List<Blocker> blockers,
    int tasksAhead,
    StartEstimate start,
    long revision) {
  /** This many tasks ahead stand for so many or more. */
  public static final int MOST_AHEAD = 100_000;

  /** Copies the list. */
  public Explanation {
    blockers = List.copyOf(blockers);
  }
}
