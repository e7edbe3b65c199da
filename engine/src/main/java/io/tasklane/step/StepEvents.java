package io.tasklane.step;

import io.tasklane.database.JsonMakers;
import io.tasklane.database.Rows;
import io.tasklane.event.EventKind;
import io.tasklane.feature.EventCodec;
import java.util.List;

/** The events of steps. Their subject is the task, and their data say which step. */
public final class StepEvents {
  /** A step has succeeded. */
  static final String SUCCEEDED = "task.step_succeeded";

  /** A try of a body has failed, or the condition of a wait. */
  static final String FAILED = "task.step_failed";

  /** How their rows are read. */
  public static final List<EventCodec> CODECS =
      List.of(
          EventCodec.stored(EventKind.TASK_STEP_SUCCEEDED, SUCCEEDED),
          EventCodec.stored(EventKind.TASK_STEP_FAILED, FAILED));

  private StepEvents() {}

  static String succeeded(String step, StepKind kind, long bytes) {
    return Rows.storable(
        JsonMakers.BUILDERS
            .createObjectBuilder()
            .add("step", step)
            .add("kind", kind.name())
            .add("result_size_bytes", bytes)
            .build()
            .toString());
  }

  static String failed(String step, StepKind kind, StepReport.Failed report) {
    return Rows.storable(
        JsonMakers.BUILDERS
            .createObjectBuilder()
            .add("step", step)
            .add("kind", kind.name())
            .add("failure_code", report.failure().code())
            .add("failed_tries", report.failedTries())
            .add("tried_again", report.backoff().isPresent())
            .build()
            .toString());
  }
}
