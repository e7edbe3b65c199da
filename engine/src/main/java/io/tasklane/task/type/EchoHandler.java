package io.tasklane.task.type;

import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;

/** Returns its input, to check that payloads are passed on unchanged. */
final class EchoHandler implements TaskHandler {
  @Override
  public TaskType type() {
    return SystemTypes.type("system.echo", "Succeeds with its input as the result.", "");
  }

  @Override
  public Payload handle(Run run) {
    return run.input();
  }
}
