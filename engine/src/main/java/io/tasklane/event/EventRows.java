package io.tasklane.event;

import static io.tasklane.database.Rows.instant;

import io.tasklane.database.ColumnList;
import io.tasklane.database.JsonMakers;
import io.tasklane.database.Rows;
import io.tasklane.task.row.JsonColumns;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import jakarta.json.JsonObjectBuilder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** Turns a row of {@code task_event} into a {@link LogEvent}. */
final class EventRows {
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

  private static final int PROGRESS = 2;
  private static final int QUEUE = 3;
  private static final int PUBLISHED = 4;
  private static final int REMOVED = 5;

  /** Kinds that tell of a task's state, unlike the others. */
  private static final Set<Integer> OF_TASKS = Set.of(1, PROGRESS);

  private EventRows() {}

  /**
   * SQL: the columns to read, which stand before all others.
   *
   * @param alias of the row of {@code task_event}
   */
  static String columns(String alias) {
    return COLUMNS.of(alias);
  }

  static LogEvent read(ResultSet row, IntFunction<String> queueIds) throws SQLException {
    assert COLUMNS.isStartOf(row) : row.getStatement();
    int kind = row.getInt(KIND);
    int queueKey = row.getInt(QUEUE_KEY);
    String queue = queueKey == 0 ? "" : queueIds.apply(queueKey);
    Optional<TaskChange> change =
        OF_TASKS.contains(kind) ? Optional.of(change(row)) : Optional.empty();
    String actor = row.getString(ACTOR);
    Instant time = instant(row, TIME).orElseThrow();
    return new LogEvent(
        row.getLong(XID),
        row.getLong(SEQ),
        kind == PUBLISHED ? row.getString(EVENT_TYPE) : type(kind),
        row.getString(SUBJECT),
        queue,
        change,
        data(row, kind, queue, change),
        actor == null ? "" : actor,
        time,
        Rows.text(row, EVENT_ID).orElse(""),
        kind == REMOVED ? Optional.of(removal(row)) : Optional.empty());
  }

  private static String type(int kind) {
    return switch (kind) {
      case PROGRESS -> LogEvent.TASK_PROGRESS;
      case QUEUE -> LogEvent.QUEUE_CHANGED;
      case REMOVED -> LogEvent.TASKS_REMOVED;
      case DeadLetterEvents.REPLAYED -> LogEvent.DEAD_LETTER_REPLAYED;
      case DeadLetterEvents.DISCARDED -> LogEvent.DEAD_LETTER_DISCARDED;
      default -> LogEvent.TASK_STATE_CHANGED;
    };
  }

  private static Removal removal(ResultSet row) throws SQLException {
    String deadLetters = row.getString(DETAIL); // absent in events of before they were counted
    return new Removal(
        TaskState.of(row.getInt(TO_STATE)),
        row.getInt(VERSION),
        deadLetters == null ? 0 : Integer.parseInt(deadLetters));
  }

  private static TaskChange change(ResultSet row) throws SQLException {
    int move = row.getInt(MOVE);
    int from = row.getInt(FROM_STATE);
    TaskState to = TaskState.of(row.getInt(TO_STATE));
    String before = move == Move.UPDATE.code() ? row.getString(DETAIL) : null;
    return new TaskChange(
        row.getLong(TASK),
        row.getString(TASK_TYPE),
        row.getInt(PRIORITY),
        move == 0 ? Optional.empty() : Optional.of(Move.of(move)),
        from == 0 ? Optional.empty() : Optional.of(TaskState.of(from)),
        to,
        row.getInt(ATTEMPT),
        row.getInt(VERSION),
        instant(row, SINCE),
        Optional.ofNullable(before).map(Integer::valueOf));
  }

  private static String data(ResultSet row, int kind, String queue, Optional<TaskChange> change)
      throws SQLException {
    String detail = row.getString(DETAIL);
    if (kind == REMOVED) {
      return JsonMakers.BUILDERS
          .createObjectBuilder()
          .add("state", removal(row).state().name())
          .add("count", removal(row).count())
          .add("dead_letters", removal(row).deadLetters())
          .build()
          .toString();
    }
    if (change.isEmpty()) {
      return detail;
    }
    TaskChange what = change.get();
    JsonObjectBuilder json =
        JsonMakers.BUILDERS
            .createObjectBuilder()
            .add("queue", "queues/" + queue)
            .add("task_type", what.taskType())
            .add("state", what.to().name())
            .add("attempt", what.attempt())
            .add("priority", what.priority())
            .add("version", what.version());
    what.from().ifPresent(from -> json.add("previous_state", from.name()));
    what.move().ifPresent(move -> json.add("move", move.name()));
    if (kind == PROGRESS) {
      JsonColumns.object(detail).forEach(json::add);
      json.remove("update_time"); // the event's own time says it
    } else if (what.previousPriority().isPresent()) {
      json.add("previous_priority", what.previousPriority().get());
    } else if (detail != null) {
      json.add(what.to() == TaskState.CANCELLING ? "cancel" : "failure_code", detail);
    }
    return json.build().toString();
  }
}
