package io.tasklane.task.type;

import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;

/** Does nothing, to measure what Tasklane itself costs. */
final class NoopHandler implements TaskHandler {
  private static final Payload NOTHING = Payload.json("{}");

  @Override
  public TaskType type() {
    return SystemTypes.type("system.noop", "Does nothing and succeeds with {}.", "");
  }

  @Override
  public Payload handle(Run run) {
    return NOTHING;
  }
}
