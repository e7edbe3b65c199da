package io.tasklane.task.type;

import io.tasklane.database.JsonMakers;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;

/** The built-in task types. */
public final class SystemTypes {
  private SystemTypes() {}

  /** One handler for each of them. */
  public static List<TaskHandler> all() {
    return List.of(
        new NoopHandler(),
        new EchoHandler(),
        new SleepHandler(),
        new FailHandler(),
        new StepsHandler());
  }

  static TaskType type(String name, String description, String inputSchema) {
    return TaskType.named(name).describedAs(description).withInputSchema(inputSchema);
  }

  static JsonObject read(String json) {
    try (JsonReader reader = JsonMakers.READERS.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
