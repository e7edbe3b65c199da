package io.tasklane.task.row;

import io.tasklane.database.JsonMakers;
import io.tasklane.dependency.Standing;
import io.tasklane.event.EventKind;
import io.tasklane.event.LogEvent;
import io.tasklane.event.TaskChange;
import io.tasklane.feature.EventCodec;
import io.tasklane.feature.EventRow;
import io.tasklane.task.state.Move;
import jakarta.json.JsonObjectBuilder;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads the events of tasks, whose data are built from the columns of their rows. */
public final class TaskEvents {
  /** For the moves of tasks and the progress of runs. */
  public static final List<EventCodec> CODECS =
      List.of(
          new EventCodec(EventKind.TASK_MOVED, TaskEvents::moved),
          new EventCodec(EventKind.TASK_PROGRESSED, TaskEvents::progressed));

  private TaskEvents() {}

  private static LogEvent moved(EventRow row) throws SQLException {
    String detail = row.detail();
    boolean isUpdate = row.move().filter(move -> move == Move.UPDATE).isPresent();
    TaskChange change =
        row.change(Optional.ofNullable(isUpdate ? detail : null).map(Integer::valueOf));
    String queue = row.queue();
    JsonObjectBuilder data = data(change, queue);
    if (change.previousPriority().isPresent()) {
      data.add("previous_priority", change.previousPriority().get());
    } else if (detail != null) {
      addDetail(data, change, detail);
    }
    return event(row, LogEvent.TASK_STATE_CHANGED, queue, change, data);
  }

  private static void addDetail(JsonObjectBuilder data, TaskChange change, String detail) {
    switch (change.move().orElseThrow()) {
      case PREEMPT -> data.add("preempted_by", detail);
      case SUSPEND -> data.add("step", detail);
      case RELEASE, SCHEDULE -> data.add("caused_by", detail);
      case RULE_OUT -> {
        // rows of former versions have the code instead of the task, and no code contains a slash
        if (detail.startsWith("tasks/")) {
          data.add("caused_by", detail);
        }
        data.add("failure_code", Standing.CODE);
      }
      case REQUEST_CANCEL -> data.add("cancel", detail);
      default -> data.add("failure_code", detail);
    }
  }

  private static LogEvent progressed(EventRow row) throws SQLException {
    TaskChange change = row.change(Optional.empty());
    String queue = row.queue();
    JsonObjectBuilder data = data(change, queue);
    JsonColumns.object(row.detail()).forEach(data::add);
    data.remove("update_time"); // the event's own time says it
    return event(row, LogEvent.TASK_PROGRESS, queue, change, data);
  }

  private static LogEvent event(
      EventRow row, String type, String queue, TaskChange change, JsonObjectBuilder data)
      throws SQLException {
    return row.event(type, queue, Optional.of(change), data.build().toString(), Optional.empty());
  }

  private static JsonObjectBuilder data(TaskChange what, String queue) {
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
    return json;
  }
}
