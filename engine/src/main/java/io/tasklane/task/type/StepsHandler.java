package io.tasklane.task.type;

import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code system.steps}: does its work in durable steps. Each result is the fencing token of the run
 * that did it, so the result of the task shows which steps were done before a crash.
 */
final class StepsHandler implements TaskHandler {
  private static final int USUAL = 10;

  @Override
  public TaskType type() {
    return SystemTypes.type(
        "system.steps",
        "Runs so many durable steps, each for some milliseconds, and returns which run did each.",
        """
        {"type": "object", "additionalProperties": false,
         "properties": {
           "steps": {"type": "integer", "minimum": 1, "maximum": 999},
           "millis": {"type": "integer", "minimum": 0, "maximum": 600000},
           "sleep_millis": {"type": "integer", "minimum": 0, "maximum": 86400000}}}""");
  }

  @Override
  public Payload handle(Run run) throws Exception {
    JsonObject input = SystemTypes.read(run.input().text());
    int steps = input.getInt("steps", USUAL);
    int millis = input.getInt("millis", 0);
    int sleep = input.getInt("sleep_millis", 0);
    List<String> tokens = new ArrayList<>();
    for (int i = 1; i <= steps; i++) {
      tokens.add(run.step("step " + i, () -> work(run, millis)).text());
      if (i == 1 && sleep > 0) {
        run.sleep("sleep", Duration.ofMillis(sleep));
      }
      run.progress(i, steps, "step " + i, "");
    }
    return Payload.json("{\"tokens\":[" + String.join(",", tokens) + "]}");
  }

  private static Payload work(Run run, int millis) throws InterruptedException {
    if (millis > 0) {
      Thread.sleep(millis);
    }
    return Payload.json(Long.toString(run.fencingToken()));
  }
}
