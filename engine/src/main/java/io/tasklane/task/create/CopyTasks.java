package io.tasklane.task.create;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.database.Rows;
import io.tasklane.deadletter.DeadLetterReader;
import io.tasklane.event.DeadLetterEvents;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.TaskReader;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs tasks again that ended without success. A final state stays final, so a new task is created
 * as a copy of the old one.
 */
public final class CopyTasks implements CommandKind<CopyTasks.Request, Task> {
  /** What a request names. */
  public enum Origin {
    /** A task that ended without success. */
    TASK,
    /** A dead letter, which counts its replays. */
    DEAD_LETTER
  }

  /**
   * A request to run a task again.
   *
   * @param taskId final part of the name of the task or of its dead letter
   * @param origin which of the two
   * @param input instead of the old one
   * @param actor who, and why
   */
  public record Request(String taskId, Origin origin, Optional<Payload> input, Actor actor) {}

  /** Prepares the copy. */
  @FunctionalInterface
  public interface Copying {
    /**
     * The task to create.
     *
     * @throws Refusal where it could not be created now
     */
    NewTask again(Task original, Optional<Payload> input, String principal);
  }

  private static final String OF = "UPDATE task SET retry_of = ? WHERE name = ?";
  private static final String LOCK = "SELECT FROM dead_letter WHERE task = ? FOR UPDATE";
  private static final String COUNT =
      """
      WITH changed AS (
        UPDATE dead_letter SET replay_count = replay_count + 1, replay_principal = ?,
            replay_reason = ?, replay_time = clock_timestamp()
        WHERE task = ? RETURNING *)
      """
          + DeadLetterEvents.logged(DeadLetterEvents.REPLAYED, "'tasks/' || ?::text");

  private final CreateTasks creation;
  private final Copying copying;

  /** Creates the copies with these. */
  public CopyTasks(CreateTasks creation, Copying copying) {
    this.creation = creation;
    this.copying = copying;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.COPY_TASKS;
  }

  @Override
  public List<Outcome<Task>> execute(Batch batch, List<Request> requests) throws SQLException {
    List<Outcome<Task>> outcomes = new ArrayList<>();
    for (Request request : requests) {
      try {
        outcomes.add(Outcome.done(repeat(batch, request)));
      } catch (Refusal refusal) {
        outcomes.add(Outcome.refused(refusal));
      }
    }
    return outcomes;
  }

  /** Checks everything before it writes. */
  private Task repeat(Batch batch, Request request) throws SQLException {
    Connection connection = batch.connection();
    boolean replay = request.origin() == Origin.DEAD_LETTER;
    Task original = replay ? deadTask(connection, request) : endedTask(connection, request);
    NewTask copy = copying.again(original, request.input(), request.actor().principal());
    create(batch, original, copy);
    update(connection, OF, original.taskId(), copy.taskId());
    if (replay) {
      String principal = request.actor().principal();
      String reason = Rows.storable(request.actor().reason());
      update(connection, COUNT, principal, reason, original.id(), copy.taskId(), principal, reason);
    }
    return new TaskReader(connection).require(copy.taskId());
  }

  private void create(Batch batch, Task original, NewTask copy) throws SQLException {
    try {
      creation.createOfClient(batch, List.of(copy));
    } catch (Refusal refusal) {
      throw Refusal.of(
          Refusal.Sort.FAILED_PRECONDITION,
          refusal.reason(),
          original.name(),
          original.name() + " cannot be run again: " + refusal.getMessage());
    }
  }

  private static Task deadTask(Connection connection, Request request) throws SQLException {
    Refusal missing = DeadLetterReader.notFound(request.taskId());
    Task task = new TaskReader(connection).find(request.taskId()).orElseThrow(() -> missing);
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setLong(1, task.id());
      if (!lock.executeQuery().next()) {
        throw missing;
      }
    }
    return task;
  }

  private static Task endedTask(Connection connection, Request request) throws SQLException {
    Task task = new TaskReader(connection).require(request.taskId());
    if (!task.isFinished()) {
      throw refusal(task, "TASK_NOT_ENDED", "wait for its end, or cancel it");
    }
    if (task.state() == TaskState.SUCCEEDED) {
      throw refusal(task, "TASK_SUCCEEDED", "create a new task to do its work once more");
    }
    return task;
  }

  private static Refusal refusal(Task task, String reason, String advice) {
    return Refusal.of(
        Refusal.Sort.FAILED_PRECONDITION,
        reason,
        task.name(),
        task.name() + " is " + task.state() + " and cannot be retried: " + advice);
  }

  private static void update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
