package io.tasklane.key;

/**
 * Key of a task's row. It is drawn at the creation from one sequence of the database, so of two
 * tasks the one that was created later has the larger key; it never changes and is never given out
 * again. Clients know a task by its name, not by this.
 *
 * @param value at least 1, or 0 for no task
 */
public record TaskKey(long value) implements Comparable<TaskKey> {
  /** That of no task. */
  public static final TaskKey NONE = new TaskKey(0);

  @Override
  public int compareTo(TaskKey other) {
    return Long.compare(value, other.value);
  }

  /** The number alone, as logs and SQL write it. */
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
