package io.tasklane.feature;

import static io.tasklane.database.Rows.instant;

import io.tasklane.database.ColumnList;
import io.tasklane.database.Rows;
import io.tasklane.event.LogEvent;
import io.tasklane.event.Removal;
import io.tasklane.event.TaskChange;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * The present row of a result that begins with the columns of {@code task_event}. What a column
 * means depends on the kind of the event.
 *
 * @param row the result
 * @param queueIds the id of a queue by its key
 */
public record EventRow(ResultSet row, Function<QueueKey, String> queueIds) {
  private static final ColumnList COLUMNS = new ColumnList();
  private static final int EVENT_ID = COLUMNS.add("event_id");
  private static final int KIND = COLUMNS.add("kind");
  private static final int QUEUE_KEY = COLUMNS.add("queue");
  private static final int ACTOR = COLUMNS.add("actor");
  private static final int TIME = COLUMNS.add("time");
  private static final int XID = COLUMNS.add("xid");
  private static final int SEQ = COLUMNS.add("seq");
  private static final int EVENT_TYPE = COLUMNS.add("event_type");
  private static final int SUBJECT = COLUMNS.add("subject");
  private static final int DETAIL = COLUMNS.add("data");
  private static final int TO_STATE = COLUMNS.add("to_state");
  private static final int VERSION = COLUMNS.add("version");
  private static final int MOVE = COLUMNS.add("move");
  private static final int FROM_STATE = COLUMNS.add("from_state");
  private static final int TASK = COLUMNS.add("task");
  private static final int TASK_TYPE = COLUMNS.add("task_type");
  private static final int PRIORITY = COLUMNS.add("priority");
  private static final int ATTEMPT = COLUMNS.add("attempt");
  private static final int SINCE = COLUMNS.add("since");

  /**
   * SQL: the columns to read, which stand before all others.
   *
   * @param alias of the row of {@code task_event}
   */
  public static String columns(String alias) {
    return COLUMNS.of(alias);
  }

  /** Whether the result begins with these columns; for assertions, because it is slow. */
  public boolean isWhole() throws SQLException {
    return COLUMNS.isStartOf(row);
  }

  /** Code of the kind. */
  public int kind() throws SQLException {
    return row.getInt(KIND);
  }

  /** Id of the queue, empty if the event is about none. */
  public String queue() throws SQLException {
    int key = row.getInt(QUEUE_KEY);
    return key == 0 ? "" : queueIds.apply(new QueueKey(key));
  }

  /** The type that a producer gave the event, null for all others. */
  public String publishedType() throws SQLException {
    return row.getString(EVENT_TYPE);
  }

  /** What the event says beside the other columns, null for nothing. */
  public String detail() throws SQLException {
    return row.getString(DETAIL);
  }

  /** The state after a move. */
  public TaskState toState() throws SQLException {
    return TaskState.of(row.getInt(TO_STATE));
  }

  /** The version of the subject, or a count. */
  public int version() throws SQLException {
    return row.getInt(VERSION);
  }

  /** The move of a task, empty for none. */
  public Optional<Move> move() throws SQLException {
    int move = row.getInt(MOVE);
    return move == 0 ? Optional.empty() : Optional.of(Move.of(move));
  }

  /** What happened to a task. */
  public TaskChange change(Optional<Integer> previousPriority) throws SQLException {
    int from = row.getInt(FROM_STATE);
    return new TaskChange(
        new TaskKey(row.getLong(TASK)),
        row.getString(TASK_TYPE),
        row.getInt(PRIORITY),
        move(),
        from == 0 ? Optional.empty() : Optional.of(TaskState.of(from)),
        toState(),
        row.getInt(ATTEMPT),
        version(),
        instant(row, SINCE),
        previousPriority);
  }

  /** The event of this row, which is neither about a task's state nor about a removal. */
  public LogEvent event(String type, String data) throws SQLException {
    return event(type, queue(), Optional.empty(), data, Optional.empty());
  }

  /** The event of this row; see {@link LogEvent}. */
  public LogEvent event(
      String type,
      String queue,
      Optional<TaskChange> change,
      String data,
      Optional<Removal> removal)
      throws SQLException {
    String actor = row.getString(ACTOR);
    Instant time = instant(row, TIME).orElseThrow();
    return new LogEvent(
        row.getLong(XID),
        row.getLong(SEQ),
        type,
        row.getString(SUBJECT),
        queue,
        change,
        data,
        actor == null ? "" : actor,
        time,
        Rows.text(row, EVENT_ID).orElse(""),
        removal);
  }
}
