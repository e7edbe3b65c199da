package io.tasklane.task.type;

import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import jakarta.json.JsonObject;

/** Fails a given number of attempts, to try out retries and dead letters. */
final class FailHandler implements TaskHandler {
  @Override
  public TaskType type() {
    return SystemTypes.type(
        "system.fail",
        "Fails with code for times attempts (default: always), then succeeds.",
        """
        {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
         "properties":{"code":{"type":"string","pattern":"^[A-Z][A-Z0-9_]{0,63}$"},
           "retryable":{"type":"boolean"},
           "times":{"type":"integer","minimum":0,"maximum":1000}},
         "additionalProperties":false}""");
  }

  @Override
  public Payload handle(Run run) {
    JsonObject input = SystemTypes.read(run.input().text());
    String code = input.getString("code", "TOLD_TO_FAIL");
    int times = input.getInt("times", Integer.MAX_VALUE);
    if (run.attempt() > times) {
      return Payload.json("{\"failed_attempts\":" + times + "}");
    }
    String message = "told to fail, attempt " + run.attempt();
    run.log(message);
    if (input.getBoolean("retryable", true)) {
      throw FailureException.retryable(code, message, null);
    }
    throw FailureException.permanent(code, message);
  }
}
