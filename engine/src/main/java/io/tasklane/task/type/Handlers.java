package io.tasklane.task.type;

import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The handlers of this node, by task type. */
public final class Handlers {
  private final Map<String, TaskHandler> byType = new TreeMap<>();

  /**
   * Indexes these handlers by task type.
   *
   * @throws IllegalArgumentException where two serve one type
   */
  public Handlers(Collection<? extends TaskHandler> handlers) {
    for (TaskHandler handler : handlers) {
      TaskHandler other = byType.putIfAbsent(handler.type().name(), handler);
      if (other != null) {
        throw new IllegalArgumentException(
            "both "
                + other.getClass()
                + " and "
                + handler.getClass()
                + " serve the task type "
                + handler.type().name());
      }
    }
  }

  /** The handler of this type. */
  public Optional<TaskHandler> find(String taskType) {
    return Optional.ofNullable(byType.get(taskType));
  }

  /** All types, by name. */
  public List<TaskType> types() {
    return byType.values().stream().map(TaskHandler::type).toList();
  }
}
