package io.tasklane.task.update;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Task;
import io.tasklane.task.row.TaskReader;
import io.tasklane.task.row.TaskRows;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Changes waiting tasks: a new priority takes effect at once, a new time causes its move. */
public final class UpdateTasks implements CommandKind<UpdateTasks.Update, Task> {
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
      FROM task k JOIN queue q ON q.id = k.queue WHERE k.name = ? FOR UPDATE OF k"""
          .formatted(TaskRows.columns("k", "q.name"));

  private final ReadySignals signals;

  /** Sends signals for tasks that are ready or have a new due time. */
  public UpdateTasks(ReadySignals signals) {
    this.signals = signals;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.UPDATE_TASKS;
  }

  @Override
  public List<Outcome<Task>> execute(Batch batch, List<Update> updates) throws SQLException {
    List<Outcome<Task>> outcomes = new ArrayList<>();
    for (Update update : updates) {
      outcomes.add(update(batch, update));
    }
    return outcomes;
  }

  private Outcome<Task> update(Batch batch, Update update) throws SQLException {
    Optional<Seen> found = see(batch.connection(), update.taskId());
    if (found.isEmpty()) {
      return Outcome.refused(TaskReader.notFound(update.taskId()));
    }
    Seen seen = found.get();
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
      changed = statement.move(changed, move.get(), to);
    }
    signal(batch, changed, statement.queueKey(), seen.at());
    return changed;
  }

  private void signal(Batch batch, Task changed, int queue, Instant at) {
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

  private static Optional<Seen> see(Connection connection, String taskId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SEE)) {
      statement.setString(1, taskId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Seen(
                    TaskRows.read(row),
                    row.getLong("move_xid"),
                    row.getTimestamp("at").toInstant()))
            : Optional.empty();
      }
    }
  }
}
