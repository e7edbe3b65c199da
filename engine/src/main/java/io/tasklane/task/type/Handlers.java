package io.tasklane.task.type;

import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The handlers of this node, by task type. */
public final class Handlers implements KnownTypes {
  private final Map<String, TaskHandler> byType = new TreeMap<>();

  /**
   * Indexes these handlers by task type.
   *
   * @throws IllegalArgumentException where two serve one type, or a type's input schema is no JSON
   *     Schema, which is an object, true or false
   */
  public Handlers(Collection<? extends TaskHandler> handlers) {
    for (TaskHandler handler : handlers) {
      requireSchema(handler.type());
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

  private static void requireSchema(TaskType type) {
    if (!type.inputSchema().isEmpty()) {
      Schemas.faultOf(type.inputSchema())
          .ifPresent(
              fault -> {
                throw new IllegalArgumentException(
                    "task type "
                        + type.name()
                        + ": its input schema is not allowed: "
                        + fault
                        + ": "
                        + type.inputSchema());
              });
    }
  }

  /** The handler of this type. */
  public Optional<TaskHandler> find(String taskType) {
    return Optional.ofNullable(byType.get(taskType));
  }

  @Override
  public Optional<TaskType> type(String name) {
    return find(name).map(TaskHandler::type);
  }

  @Override
  public List<TaskType> types() {
    return byType.values().stream().map(TaskHandler::type).toList();
  }
}
