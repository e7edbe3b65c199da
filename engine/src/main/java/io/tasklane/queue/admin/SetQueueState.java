package io.tasklane.queue.admin;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Intake;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.OwnerRow;
import io.tasklane.database.Rows;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueState;
import io.tasklane.task.Actor;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Pauses, drains and resumes queues, in the row that every claim locks. Any state may follow any
 * other.
 */
public final class SetQueueState implements CommandKind<SetQueueState.Request, Queue> {
  /**
   * A request to change the state of a queue.
   *
   * @param queue key of the queue
   * @param queueId its id
   * @param state the new state
   * @param actor who asks, and why
   */
  public record Request(int queue, String queueId, QueueState state, Actor actor) {
    Intake intake() {
      return state == QueueState.DRAINING ? Intake.RUNS_ONLY : Intake.OPEN;
    }

    String change() {
      return switch (state) {
        case ACTIVE -> "RESUMED";
        case PAUSED -> "PAUSED";
        case DRAINING -> "DRAINED";
      };
    }
  }

  /** The queue's own row is written only if its intake changes; that write waits for creations. */
  private static final String SQL =
      """
      WITH w AS (
        SELECT ?::int AS queue, ?::smallint AS state, ?::smallint AS intake, ?::text AS principal,
            ?::text AS reason, ?::text AS data),
      moved AS (
        UPDATE queue_owner o SET state = w.state, version = version + 1,
            pause_principal = CASE WHEN w.state <> %1$d THEN w.principal END,
            pause_reason = CASE WHEN w.state <> %1$d THEN w.reason END,
            pause_time = CASE WHEN w.state <> %1$d THEN clock_timestamp() END
        FROM w WHERE o.queue = w.queue AND o.state <> w.state
        RETURNING o.queue, o.version, w.intake, w.principal, w.data),
      switched AS (
        UPDATE queue q SET intake = m.intake
        FROM moved m WHERE q.id = m.queue AND q.intake <> m.intake),
      changed AS (
        SELECT q.id, q.name, m.version, m.principal AS actor, m.data
        FROM moved m JOIN queue q ON q.id = m.queue)
      %2$s"""
          .formatted(QueueState.ACTIVE.code(), QueueEvents.LOGGED);

  private final IntConsumer changed;

  /** Calls this for every queue whose state changed, after the commit; it must not block. */
  public SetQueueState(IntConsumer changed) {
    this.changed = changed;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.SET_QUEUE_STATE;
  }

  @Override
  public Set<Integer> queuesOf(Request request) {
    return Set.of(request.queue());
  }

  @Override
  public List<Outcome<Queue>> execute(Batch batch, List<Request> requests) throws SQLException {
    List<Outcome<Queue>> outcomes = new ArrayList<>();
    for (Request request : requests) {
      Optional<OwnerRow> owner = batch.owner(request.queue());
      outcomes.add(owner.isEmpty() ? Outcome.again() : set(batch, request, owner.get()));
    }
    return outcomes;
  }

  private Outcome<Queue> set(Batch batch, Request request, OwnerRow owner) throws SQLException {
    QueueReader reader = new QueueReader(batch.connection());
    if (reader.find(request.queueId()).isEmpty()) {
      return Outcome.refused(QueueReader.notFound(request.queueId()));
    }
    write(batch, request);
    batch.replace(owner.with(request.state()));
    batch.replace(request.queue(), request.intake());
    return Outcome.done(reader.require(request.queueId()));
  }

  private void write(Batch batch, Request request) throws SQLException {
    try (PreparedStatement statement = batch.connection().prepareStatement(SQL)) {
      statement.setInt(1, request.queue());
      statement.setInt(2, request.state().code());
      statement.setInt(3, request.intake().code());
      statement.setString(4, request.actor().principal());
      statement.setString(5, Rows.storable(request.actor().reason()));
      statement.setString(6, QueueEvents.data(request.state(), request.change()));
      if (statement.executeUpdate() > 0) {
        batch.afterCommit(() -> changed.accept(request.queue()));
      }
    }
  }
}
