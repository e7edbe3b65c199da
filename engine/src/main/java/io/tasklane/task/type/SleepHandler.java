package io.tasklane.task.type;

import io.tasklane.task.Payload;
import io.tasklane.task.PreemptedException;
import io.tasklane.task.Run;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.TaskType;
import java.time.Duration;
import java.time.Instant;

/** Sleeps in steps, to try out progress, cancellation and time limits. */
final class SleepHandler implements TaskHandler {
  private static final long STEP_MILLIS = 50;

  @Override
  public TaskType type() {
    return SystemTypes.type(
        "system.sleep",
        "Sleeps for millis, reports progress, stops when it is cancelled, and gives way when it is"
            + " preemptible; then it goes on where it was.",
        """
        {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
         "properties":{"millis":{"type":"integer","minimum":0,"maximum":86400000}},
         "required":["millis"],"additionalProperties":false}""");
  }

  @Override
  public Payload handle(Run run) throws InterruptedException {
    long millis = SystemTypes.read(run.input().text()).getJsonNumber("millis").longValue();
    long before = sleptBefore(run);
    Instant begin = run.clock().instant().minusMillis(before);
    long slept = before;
    while (slept < millis) {
      if (run.cancelled()) {
        run.partialResult(slept(slept));
        throw new InterruptedException("cancelled after " + slept + " ms");
      }
      if (run.preempted()) {
        run.checkpoint(slept(slept));
        throw new PreemptedException();
      }
      Thread.sleep(Math.min(STEP_MILLIS, millis - slept));
      slept = Math.min(millis, Duration.between(begin, run.clock().instant()).toMillis());
      run.progress(slept, millis, "ms", "");
      run.partialResult(slept(slept));
    }
    return slept(slept);
  }

  private static long sleptBefore(Run run) {
    return run.savedCheckpoint()
        .map(saved -> SystemTypes.read(saved.text()).getJsonNumber("slept_millis").longValue())
        .orElse(0L);
  }

  private static Payload slept(long millis) {
    return Payload.json("{\"slept_millis\":" + millis + "}");
  }
}
