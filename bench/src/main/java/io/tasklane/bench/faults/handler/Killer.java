package io.tasklane.bench.faults.handler;

import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import jakarta.enterprise.context.Dependent;

/**
 * Ends the process that it runs in, as a fault in native code or a lack of memory does. With an
 * order it does so in as many runs as that says, after it has told the harness, and then works.
 */
@Dependent
public final class Killer implements TaskHandler {
  /** The name of the task type. */
  public static final String TASK_TYPE = "faults.killer";

  @Override
  public TaskType type() {
    return TaskType.named(TASK_TYPE).describedAs("Kills its node as soon as it runs.");
  }

  @Override
  public Payload handle(Run run) throws Exception {
    if (run.input().contentType().equals(Order.CONTENT_TYPE)) {
      return FaultWork.work(run);
    }
    Runtime.getRuntime().halt(1);
    return Payload.json("{}");
  }
}
