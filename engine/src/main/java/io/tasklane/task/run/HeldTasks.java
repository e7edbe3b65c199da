package io.tasklane.task.run;

import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Task;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The claimed tasks that a thread of this node has in hand: about to run, running, or being
 * completed. A task whose lease this node owns and that nobody holds has no run behind it; once it
 * is given up, whoever comes late with it must not run it. Safe for many threads.
 */
public final class HeldTasks {
  private static final int GIVEN_UP_KEPT = 4096;

  /** Fencing tokens by the keys of tasks. */
  private final Map<TaskKey, FencingToken> held = new HashMap<>();

  private final Map<TaskKey, FencingToken> givenUp = new Latest();

  /** Nobody holds anything yet. */
  public HeldTasks() {}

  /**
   * A thread has this claimed task in hand now.
   *
   * @return false where its run was given up: it must not begin
   */
  public synchronized boolean hold(Task task) {
    if (task.fencingToken().equals(givenUp.get(task.id()))) {
      return false;
    }
    held.put(task.id(), task.fencingToken());
    return true;
  }

  /** No thread has it in hand any more. */
  public synchronized void letGo(Task task) {
    held.remove(task.id(), task.fencingToken());
  }

  /** Whether a thread has this run of the task in hand. */
  public synchronized boolean isHeld(TaskKey task, FencingToken token) {
    return token.equals(held.get(task));
  }

  /** Gives up a run that nobody holds. Returns false where somebody does. */
  public synchronized boolean giveUp(TaskKey task, FencingToken token) {
    if (isHeld(task, token)) {
      return false;
    }
    givenUp.put(task, token);
    return true;
  }

  private static final class Latest extends LinkedHashMap<TaskKey, FencingToken> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<TaskKey, FencingToken> eldest) {
      return size() > GIVEN_UP_KEPT;
    }
  }
}
