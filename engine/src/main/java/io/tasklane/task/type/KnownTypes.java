package io.tasklane.task.type;

import io.tasklane.task.TaskType;
import java.util.List;
import java.util.Optional;

/** The task types that tasks may have. */
public interface KnownTypes {
  /** The type of this name; empty where it was never registered. */
  Optional<TaskType> type(String name);

  /** All of them, by name. */
  List<TaskType> types();
}
