package io.tasklane.event;

import static io.tasklane.database.Rows.instant;

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
  private static final int PROGRESS = 2;
  private static final int QUEUE = 3;
  private static final int PUBLISHED = 4;
  private static final int REMOVED = 5;

  /** Kinds that tell of a task's state, unlike the others. */
  private static final Set<Integer> OF_TASKS = Set.of(1, PROGRESS);

  private EventRows() {}

  static LogEvent read(ResultSet row, IntFunction<String> queueIds) throws SQLException {
    int kind = row.getInt("kind");
    int queueKey = row.getInt("queue");
    String queue = queueKey == 0 ? "" : queueIds.apply(queueKey);
    Optional<TaskChange> change =
        OF_TASKS.contains(kind) ? Optional.of(change(row)) : Optional.empty();
    String actor = row.getString("actor");
    Instant time = instant(row, "time").orElseThrow();
    return new LogEvent(
        row.getLong("xid"),
        row.getLong("seq"),
        kind == PUBLISHED ? row.getString("event_type") : type(kind),
        row.getString("subject"),
        queue,
        change,
        data(row, kind, queue, change),
        actor == null ? "" : actor,
        time,
        Rows.text(row, "event_id").orElse(""),
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
    String deadLetters = row.getString("data"); // absent in events of before they were counted
    return new Removal(
        TaskState.of(row.getInt("to_state")),
        row.getInt("version"),
        deadLetters == null ? 0 : Integer.parseInt(deadLetters));
  }

  private static TaskChange change(ResultSet row) throws SQLException {
    int move = row.getInt("move");
    int from = row.getInt("from_state");
    TaskState to = TaskState.of(row.getInt("to_state"));
    String before = move == Move.UPDATE.code() ? row.getString("data") : null;
    return new TaskChange(
        row.getLong("task"),
        row.getString("task_type"),
        row.getInt("priority"),
        move == 0 ? Optional.empty() : Optional.of(Move.of(move)),
        from == 0 ? Optional.empty() : Optional.of(TaskState.of(from)),
        to,
        row.getInt("attempt"),
        row.getInt("version"),
        instant(row, "since"),
        Optional.ofNullable(before).map(Integer::valueOf));
  }

  private static String data(ResultSet row, int kind, String queue, Optional<TaskChange> change)
      throws SQLException {
    String detail = row.getString("data");
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
