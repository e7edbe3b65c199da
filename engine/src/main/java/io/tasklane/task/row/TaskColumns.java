package io.tasklane.task.row;

import io.tasklane.database.Parameters;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.create.InsertTasks;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The columns of new tasks as arrays, with one element for each task, so that one statement creates
 * many.
 */
public final class TaskColumns {
  private TaskColumns() {}

  /** Binds all arrays of {@link InsertTasks}' statement. */
  public static Parameters bind(Parameters parameters, List<PlannedTask> arrivals)
      throws SQLException {
    return parameters
        .rows(arrivals)
        .add("names", "text", asked(NewTask::taskId))
        .add("queues", "int4", asked(NewTask::queue))
        .add("types", "text", asked(t -> t.spec().taskType()))
        .add("priorities", "int2", asked(t -> (short) t.priority().value()))
        .add("input_types", "text", asked(t -> t.spec().input().contentType()))
        .addBytes("inputs", asked(t -> t.spec().input().body()))
        .add("maximum_attempts", "int2", retry(p -> (short) p.maximumAttempts()))
        .add("initial_backoffs", "int8", retry(p -> p.initialBackoff().toMillis()))
        .add("multipliers", "float8", retry(RetryPolicy::multiplier))
        .add("maximum_backoffs", "int8", retry(p -> p.maximumBackoff().toMillis()))
        .add("jitters", "float8", retry(RetryPolicy::jitter))
        .add("permanent_codes", "text", retry(p -> codes(p.permanentErrorCodes())))
        .add("attempt_timeouts", "int8", asked(t -> t.spec().timeouts().attempt().toMillis()))
        .add("result_ttls", "int8", asked(t -> t.spec().resultTtl().toMillis()))
        .add("labels", "text", asked(t -> JsonColumns.labels(t.spec().labels())))
        .add("principals", "text", asked(NewTask::principal))
        .add("run_after", "timestamptz", asked(t -> time(t.start().runAfter())))
        .add("expire_times", "timestamptz", asked(t -> time(t.start().expireTime())))
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

  private static Timestamp time(Optional<Instant> time) {
    return time.map(Timestamp::from).orElse(null);
  }

  private static <T> Function<PlannedTask, T> retry(Function<RetryPolicy, T> value) {
    return arrival -> value.apply(arrival.task().spec().retryPolicy());
  }

  private static <T> Function<PlannedTask, T> asked(Function<NewTask, T> value) {
    return arrival -> value.apply(arrival.task());
  }
}
