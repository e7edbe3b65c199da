package io.tasklane.task.row;

import static io.tasklane.database.Rows.instant;
import static io.tasklane.database.Rows.text;

import io.tasklane.database.ColumnList;
import io.tasklane.database.Rows;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.TaskResult;
import io.tasklane.task.TaskSpec;
import io.tasklane.task.TaskStatus;
import io.tasklane.task.state.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Turns a row of {@code task}, with the id of its queue, into a {@link Task}. */
public final class TaskRows {
  private static final ColumnList COLUMNS = new ColumnList();
  private static final int ID = COLUMNS.add("id");
  private static final int NAME = COLUMNS.add("name");
  private static final int TASK_TYPE = COLUMNS.add("task_type");
  private static final int INPUT_TYPE = COLUMNS.add("input_type");
  private static final int INPUT = COLUMNS.add("input");
  private static final int PRIORITY = COLUMNS.add("priority");
  private static final int RESULT_TTL_MS = COLUMNS.add("result_ttl_ms");
  private static final int LABELS = COLUMNS.add("labels");
  private static final int DEDUPLICATION_KEY = COLUMNS.add("deduplication_key");
  private static final int STATE = COLUMNS.add("state");
  private static final int ATTEMPT = COLUMNS.add("attempt");
  private static final int LOST_COUNT = COLUMNS.add("lost_count");
  private static final int LOST_ALONE_COUNT = COLUMNS.add("lost_alone_count");
  private static final int FENCING_TOKEN = COLUMNS.add("fencing_token");
  private static final int NODE = COLUMNS.add("node");
  private static final int PROGRESS = COLUMNS.add("progress");
  private static final int RESULT_PARTIAL = COLUMNS.add("result_partial");
  private static final int CREATE_TIME = COLUMNS.add("create_time");
  private static final int START_TIME = COLUMNS.add("start_time");
  private static final int END_TIME = COLUMNS.add("end_time");
  private static final int NEXT_ATTEMPT_TIME = COLUMNS.add("next_attempt_time");
  private static final int RESULT_EXPIRE_TIME = COLUMNS.add("result_expire_time");
  private static final int VERSION = COLUMNS.add("version");
  private static final int REVISION = COLUMNS.add("revision");
  private static final int RETRY_OF = COLUMNS.add("retry_of");
  private static final int CREATOR = COLUMNS.add("create_principal");
  private static final int ORDERING_KEY = COLUMNS.add("ordering_key");
  private static final int RESOURCE_UNITS = COLUMNS.add("resource_units");
  private static final int PREEMPTIBLE = COLUMNS.add("preemptible");
  private static final int TOTAL_DEADLINE = COLUMNS.add("total_deadline");
  private static final int NEEDED = COLUMNS.add("needed");
  private static final int RAN_MS = COLUMNS.add("ran_ms");
  private static final int DEPENDENCIES = COLUMNS.add("dependencies");
  private static final int RUN_AFTER = COLUMNS.add("run_after");
  private static final int EXPIRE_TIME = COLUMNS.add("expire_time");
  private static final int RESULT = COLUMNS.add("result");
  private static final int RESULT_TYPE = COLUMNS.add("result_type");
  private static final int CANCEL_PRINCIPAL = COLUMNS.add("cancel_principal");
  private static final int CANCEL_REASON = COLUMNS.add("cancel_reason");
  private static final int[] RETRY_POLICY = COLUMNS.add(Rows.RETRY_POLICY);
  private static final int[] TIMEOUTS = COLUMNS.add(Rows.TIMEOUTS);
  private static final int[] FAILURE = COLUMNS.add(Rows.failure("failure_time"));
  private static final int QUEUE_ID = COLUMNS.size() + 1;

  private TaskRows() {}

  /**
   * SQL: the columns to read, which stand before all others.
   *
   * @param alias of the row of {@code task}
   * @param queueId SQL for the id of its queue
   */
  public static String columns(String alias, String queueId) {
    return COLUMNS.of(alias) + ", " + queueId + " AS queue_id";
  }

  /** The task of the row that the result stands on, which begins with {@link #columns}. */
  public static Task read(ResultSet row) throws SQLException {
    assert COLUMNS.isStartOf(row) : row.getStatement();
    return new Task(
        new TaskKey(row.getLong(ID)),
        instant(row, CREATE_TIME).orElseThrow(),
        text(row, RETRY_OF),
        row.getString(CREATOR),
        spec(row),
        status(row),
        result(row));
  }

  private static TaskSpec spec(ResultSet row) throws SQLException {
    return new TaskSpec(
        row.getString(NAME),
        row.getString(QUEUE_ID),
        row.getString(TASK_TYPE),
        new Payload(row.getString(INPUT_TYPE), row.getBytes(INPUT)),
        new Priority(row.getInt(PRIORITY)),
        Rows.retryPolicy(row, RETRY_POLICY),
        Rows.timeouts(row, TIMEOUTS),
        Duration.ofMillis(row.getLong(RESULT_TTL_MS)),
        JsonColumns.labels(row.getString(LABELS)),
        start(row),
        text(row, DEDUPLICATION_KEY),
        new RunRules(
            text(row, ORDERING_KEY),
            JsonColumns.units(row.getString(RESOURCE_UNITS)),
            row.getBoolean(PREEMPTIBLE)));
  }

  private static TaskStatus status(ResultSet row) throws SQLException {
    return new TaskStatus(
        TaskState.of(row.getInt(STATE)),
        row.getInt(ATTEMPT),
        row.getInt(LOST_COUNT),
        row.getInt(LOST_ALONE_COUNT),
        new FencingToken(row.getLong(FENCING_TOKEN)),
        text(row, NODE).orElse(""),
        text(row, PROGRESS).map(JsonColumns::progress),
        Rows.failure(row, FAILURE),
        cancelActor(row),
        instant(row, START_TIME),
        instant(row, END_TIME),
        instant(row, NEXT_ATTEMPT_TIME),
        instant(row, TOTAL_DEADLINE),
        row.getInt(VERSION),
        row.getLong(REVISION),
        row.getBoolean(NEEDED),
        Duration.ofMillis(row.getLong(RAN_MS)));
  }

  private static StartConditions start(ResultSet row) throws SQLException {
    return new StartConditions(
        JsonColumns.dependencies(row.getString(DEPENDENCIES)),
        instant(row, RUN_AFTER),
        instant(row, EXPIRE_TIME));
  }

  private static TaskResult result(ResultSet row) throws SQLException {
    byte[] body = row.getBytes(RESULT);
    Optional<Payload> payload =
        body == null
            ? Optional.empty()
            : Optional.of(new Payload(row.getString(RESULT_TYPE), body));
    return new TaskResult(
        payload, row.getBoolean(RESULT_PARTIAL), instant(row, RESULT_EXPIRE_TIME));
  }

  private static Optional<Actor> cancelActor(ResultSet row) throws SQLException {
    String principal = row.getString(CANCEL_PRINCIPAL);
    return principal == null
        ? Optional.empty()
        : Optional.of(new Actor(principal, row.getString(CANCEL_REASON)));
  }
}
