package io.tasklane.task.row;

import io.tasklane.database.Parameters;
import io.tasklane.task.create.InsertTasks;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.function.Function;

/**
 * The columns of new tasks as arrays, with one element for each task, so that one statement creates
 * many.
 */
public final class TaskColumns {
  private TaskColumns() {}

  /** Binds all arrays of {@link InsertTasks}' statement. */
  public static void bind(Parameters parameters, List<PlannedTask> arrivals) throws SQLException {
    parameters
        .rows(arrivals)
        .add("names", "text", asked(NewTask::taskId))
        .add("queues", "int4", asked(NewTask::queue))
        .add("types", "text", asked(t -> t.spec().taskType()))
        .add("priorities", "int2", asked(t -> (short) t.priority().value()))
        .add("input_types", "text", asked(t -> t.spec().input().contentType()))
        .addBytes("inputs", asked(t -> t.spec().input().body()))
        .add(
            "maximum_attempts",
            "int2",
            asked(t -> (short) t.spec().retryPolicy().maximumAttempts()))
        .add(
            "initial_backoffs",
            "int8",
            asked(t -> t.spec().retryPolicy().initialBackoff().toMillis()))
        .add("multipliers", "float8", asked(t -> t.spec().retryPolicy().multiplier()))
        .add(
            "maximum_backoffs",
            "int8",
            asked(t -> t.spec().retryPolicy().maximumBackoff().toMillis()))
        .add("jitters", "float8", asked(t -> t.spec().retryPolicy().jitter()))
        .add(
            "permanent_codes",
            "text",
            asked(t -> codes(t.spec().retryPolicy().permanentErrorCodes())))
        .add("attempt_timeouts", "int8", asked(t -> t.spec().timeouts().attempt().toMillis()))
        .add("result_ttls", "int8", asked(t -> t.spec().resultTtl().toMillis()))
        .add("labels", "text", asked(t -> JsonColumns.labels(t.spec().labels())))
        .add("principals", "text", asked(NewTask::principal))
        .add(
            "run_after",
            "timestamptz",
            asked(t -> t.start().runAfter().map(Timestamp::from).orElse(null)))
        .add(
            "expire_times",
            "timestamptz",
            asked(t -> t.start().expireTime().map(Timestamp::from).orElse(null)))
        .add("deduplication_keys", "text", asked(t -> t.deduplicationKey().orElse(null)))
        .add("dependencies", "text", asked(t -> JsonColumns.dependencies(t.start().dependencies())))
        .add("unmet", "int2", a -> (short) a.standing().unmet())
        .add("needed", "bool", PlannedTask::needed)
        .add("ruled_out", "text", a -> a.standing().ruledOut().orElse(null))
        .add("ordering_keys", "text", asked(t -> t.rules().orderingKey().orElse(null)))
        .add("key_waits", "bool", PlannedTask::keyWaits)
        .add("resource_units", "text", asked(t -> JsonColumns.units(t.rules().resourceUnits())))
        .add("preemptible", "bool", asked(t -> t.rules().preemptible()))
        .add("listeners", "int4", asked(NewTask::listeners));
  }

  /**
   * An array cannot hold arrays of different lengths, so the codes are sent as one text; they
   * contain no commas.
   */
  public static String codes(List<String> codes) {
    return codes.isEmpty() ? null : String.join(",", codes);
  }

  private static <T> Function<PlannedTask, T> asked(Function<NewTask, T> value) {
    return arrival -> value.apply(arrival.task());
  }
}
