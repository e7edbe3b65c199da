package io.tasklane.task.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.function.Function;

/** The columns of new tasks as arrays, one element a task, so that one statement creates many. */
final class TaskColumns {
  private final Connection connection;
  private final PreparedStatement statement;
  private final List<Arrival> arrivals;
  private int index;

  private TaskColumns(Connection connection, PreparedStatement statement, List<Arrival> arrivals) {
    this.connection = connection;
    this.statement = statement;
    this.arrivals = arrivals;
  }

  /** Binds all arrays, in the order in which {@link InsertTasks}' statement names them. */
  static void bind(Connection connection, PreparedStatement statement, List<Arrival> arrivals)
      throws SQLException {
    TaskColumns columns = new TaskColumns(connection, statement, arrivals);
    columns.add("text", NewTask::taskId);
    columns.add("int4", NewTask::queue);
    columns.add("text", NewTask::taskType);
    columns.add("int2", t -> (short) t.priority().value());
    columns.add("text", t -> t.input().contentType());
    columns.add("bytea", t -> t.input().body());
    columns.add("int2", t -> (short) t.retryPolicy().maximumAttempts());
    columns.add("int8", t -> t.retryPolicy().initialBackoff().toMillis());
    columns.add("float8", t -> t.retryPolicy().multiplier());
    columns.add("int8", t -> t.retryPolicy().maximumBackoff().toMillis());
    columns.add("float8", t -> t.retryPolicy().jitter());
    columns.add("text", t -> codes(t.retryPolicy().permanentErrorCodes()));
    columns.add("int8", t -> t.attemptTimeout().toMillis());
    columns.add("int8", t -> t.resultTtl().toMillis());
    columns.add("text", t -> JsonColumns.labels(t.labels()));
    columns.add("text", NewTask::principal);
    columns.add("timestamptz", t -> t.start().runAfter().map(Timestamp::from).orElse(null));
    columns.add("timestamptz", t -> t.start().expireTime().map(Timestamp::from).orElse(null));
    columns.add("text", t -> t.deduplicationKey().orElse(null));
    columns.add("text", t -> JsonColumns.dependencies(t.start().dependencies()));
    columns.addDecided("int2", a -> (short) a.standing().unmet());
    columns.addDecided("bool", Arrival::needed);
    columns.addDecided("text", a -> a.standing().ruledOut().orElse(null));
    columns.add("text", t -> t.rules().orderingKey().orElse(null));
    columns.addDecided("bool", Arrival::keyWaits);
    columns.add("text", t -> JsonColumns.units(t.rules().resourceUnits()));
    columns.add("bool", t -> t.rules().preemptible());
  }

  /**
   * An array cannot hold arrays of several lengths: codes travel as one text, and have no commas.
   */
  static String codes(List<String> codes) {
    return codes.isEmpty() ? null : String.join(",", codes);
  }

  private void add(String type, Function<NewTask, Object> value) throws SQLException {
    if (type.equals("bytea")) {
      byte[][] bodies = arrivals.stream().map(a -> a.task().input().body()).toArray(byte[][]::new);
      statement.setArray(++index, connection.createArrayOf(type, bodies));
    } else {
      addDecided(type, arrival -> value.apply(arrival.task()));
    }
  }

  private void addDecided(String type, Function<Arrival, Object> value) throws SQLException {
    Object[] values = arrivals.stream().map(value).toArray();
    statement.setArray(++index, connection.createArrayOf(type, values));
  }
}
