package io.tasklane.task.update;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Task;
import io.tasklane.task.row.TaskReader;
import io.tasklane.task.row.TaskRows;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Changes waiting tasks: a new priority takes effect at once, a new time causes its move.
 *
 * @param signals sent for tasks that are ready or have a new due time
 */
public record UpdateTasks(ReadySignals signals) implements SingleCommand<UpdateTasks.Update, Task> {
  /**
   * A request to change a task.
   *
   * @param taskId final part of its name
   * @param version that the task must have; empty for any
   * @param change what will be different
   * @param principal who requests it
   */
  public record Update(String taskId, OptionalInt version, TaskUpdate change, String principal) {}

  /** A locked task as it was read, and the instant of the read. */
  private record Seen(Task task, long moveXid, Instant at) {}

  private static final String SEE =
      """
      SELECT %s, k.move_xid, clock_timestamp() AS at
      FROM task k JOIN queue q ON q.id = k.queue WHERE k.name = :name FOR UPDATE OF k"""
          .formatted(TaskRows.columns("k", "q.name"));

  @Override
  public CommandOrder order() {
    return CommandOrder.UPDATE_TASKS;
  }

  @Override
  public Outcome<Task> executeOne(Batch batch, Update update) throws SQLException {
    Seen seen =
        NamedSql.on(batch.connection(), SEE)
            .set("name", update.taskId())
            .first(UpdateTasks::seen)
            .orElseThrow(() -> TaskReader.notFound(update.taskId()));
    Optional<Refusal> refusal = UpdateRefusals.of(update, seen.task());
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    if (seen.moveXid() > batch.transaction()) {
      throw Again.because(seen.task().name() + " moved meanwhile");
    }
    return Outcome.done(change(batch, update, seen));
  }

  private Task change(Batch batch, Update update, Seen seen) throws SQLException {
    Connection connection = batch.connection();
    Task before = seen.task();
    UpdateStatement statement = new UpdateStatement(connection, update, before);
    Task changed = statement.change(seen.at());
    Optional<Move> move = update.change().moveFor(before, seen.at());
    if (move.isPresent()) {
      TaskState to = MoveTable.STANDARD.require(before.state(), move.get());
      changed = statement.move(move.get(), to);
    }
    signal(batch, changed, statement.queueKey(), seen.at());
    return changed;
  }

  private void signal(Batch batch, Task changed, QueueKey queue, Instant at) {
    if (changed.state()
        == TaskState.QUEUED) { // also where it waits for its key: one signal too many does no harm
      batch.afterCommit(() -> signals.ready(queue, changed.id(), changed.priority()));
    }
    if (changed.state() == TaskState.SCHEDULED) {
      signalAt(batch, changed.start().runAfter(), at);
    }
    signalAt(batch, changed.start().expireTime(), at);
  }

  private void signalAt(Batch batch, Optional<Instant> due, Instant at) {
    due.map(time -> Duration.between(at, time))
        .ifPresent(in -> batch.afterCommit(() -> signals.dueIn(in)));
  }

  private static Seen seen(ResultSet row) throws SQLException {
    return new Seen(
        TaskRows.read(row), row.getLong("move_xid"), row.getTimestamp("at").toInstant());
  }
}
