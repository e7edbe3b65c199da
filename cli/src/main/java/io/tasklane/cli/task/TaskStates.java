package io.tasklane.cli.task;

import io.tasklane.cli.command.ExitCode;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.util.List;
import java.util.Locale;

/** What a task's state means to somebody who follows the task. */
public final class TaskStates {
  /** The states that a task never leaves. */
  public static final List<State> ENDS =
      List.of(
          State.STATE_SUCCEEDED, State.STATE_FAILED, State.STATE_CANCELLED, State.STATE_SKIPPED);

  private static final String PREFIX = "STATE_";

  private TaskStates() {}

  /**
   * Whether a task will not change any more.
   *
   * @param task as the server sent it
   * @return whether its state is final
   */
  public static boolean isEnded(Task task) {
    return ENDS.contains(task.getState());
  }

  /**
   * Names a state as people know it.
   *
   * @param state of the wire
   * @return its name without the prefix, "QUEUED"
   */
  public static String label(State state) {
    String name = state.name();
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  /**
   * Reads a state as people write it.
   *
   * @param text "QUEUED", "queued" or "STATE_QUEUED"
   * @return the state of the wire
   * @throws IllegalArgumentException if there is none of that name
   */
  public static State parse(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    return State.valueOf(name.startsWith(PREFIX) ? name : PREFIX + name);
  }

  /**
   * The exit code for a final state.
   *
   * @param task that has ended
   * @return fine if it succeeded
   */
  public static ExitCode exitCode(Task task) {
    return task.getState() == State.STATE_SUCCEEDED ? ExitCode.FINE : ExitCode.TASK_FAILED;
  }
}
