package io.tasklane.task.row;

import io.tasklane.database.ArrayColumns;
import io.tasklane.task.create.InsertTasks;
import java.sql.PreparedStatement;
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

  /** Binds all arrays, in the order in which {@link InsertTasks}' statement names them. */
  public static void bind(PreparedStatement statement, List<PlannedTask> arrivals)
      throws SQLException {
    ArrayColumns.of(statement, 0, arrivals)
        .add("text", asked(NewTask::taskId))
        .add("int4", asked(NewTask::queue))
        .add("text", asked(NewTask::taskType))
        .add("int2", asked(t -> (short) t.priority().value()))
        .add("text", asked(t -> t.input().contentType()))
        .addBytes(asked(t -> t.input().body()))
        .add("int2", asked(t -> (short) t.retryPolicy().maximumAttempts()))
        .add("int8", asked(t -> t.retryPolicy().initialBackoff().toMillis()))
        .add("float8", asked(t -> t.retryPolicy().multiplier()))
        .add("int8", asked(t -> t.retryPolicy().maximumBackoff().toMillis()))
        .add("float8", asked(t -> t.retryPolicy().jitter()))
        .add("text", asked(t -> codes(t.retryPolicy().permanentErrorCodes())))
        .add("int8", asked(t -> t.attemptTimeout().toMillis()))
        .add("int8", asked(t -> t.resultTtl().toMillis()))
        .add("text", asked(t -> JsonColumns.labels(t.labels())))
        .add("text", asked(NewTask::principal))
        .add("timestamptz", asked(t -> t.start().runAfter().map(Timestamp::from).orElse(null)))
        .add("timestamptz", asked(t -> t.start().expireTime().map(Timestamp::from).orElse(null)))
        .add("text", asked(t -> t.deduplicationKey().orElse(null)))
        .add("text", asked(t -> JsonColumns.dependencies(t.start().dependencies())))
        .add("int2", a -> (short) a.standing().unmet())
        .add("bool", PlannedTask::needed)
        .add("text", a -> a.standing().ruledOut().orElse(null))
        .add("text", asked(t -> t.rules().orderingKey().orElse(null)))
        .add("bool", PlannedTask::keyWaits)
        .add("text", asked(t -> JsonColumns.units(t.rules().resourceUnits())))
        .add("bool", asked(t -> t.rules().preemptible()));
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
