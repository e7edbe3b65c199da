package io.tasklane.queue.admin;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Intake;
import io.tasklane.commit.OwnerCommand;
import io.tasklane.commit.OwnerRow;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.limit.LimitRows;
import io.tasklane.task.Actor;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * Pauses, drains and resumes queues, in the row that every claim locks. Any state may follow any
 * other.
 *
 * @param changed called with the key of every queue whose state changed, after the commit; it must
 *     not block
 */
public record SetQueueState(Consumer<QueueKey> changed)
    implements OwnerCommand<SetQueueState.Request, Queue> {
  /**
   * A request to change the state of a queue.
   *
   * @param queue key of the queue
   * @param queueId its id
   * @param state the new state
   * @param actor who asks, and why
   */
  public record Request(QueueKey queue, String queueId, QueueState state, Actor actor) {
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
        SELECT :queue::int AS queue, :state::smallint AS state, :intake::smallint AS intake,
            :principal::text AS principal, :reason::text AS reason, :data::text AS data),
      moved AS (
        UPDATE queue_owner o SET state = w.state, version = version + 1,
            pause_principal = CASE WHEN w.state <> %1$d THEN w.principal END,
            pause_reason = CASE WHEN w.state <> %1$d THEN w.reason END,
            pause_time = CASE WHEN w.state <> %1$d THEN clock_timestamp() END
        FROM w WHERE o.queue = w.queue AND o.state <> w.state
        RETURNING o.queue, o.version, w.intake, w.principal, w.data),
      switched AS (
        UPDATE queue q SET intake = CASE WHEN m.intake = %3$d THEN %4$s ELSE m.intake END
        FROM moved m WHERE q.id = m.queue AND q.intake <> m.intake),
      changed AS (
        SELECT q.id, q.name, m.version, m.principal AS actor, m.data
        FROM moved m JOIN queue q ON q.id = m.queue)
      %2$s"""
          .formatted(
              QueueState.ACTIVE.code(), QueueEvents.LOGGED, Intake.OPEN.code(), LimitRows.OPEN);

  @Override
  public CommandOrder order() {
    return CommandOrder.SET_QUEUE_STATE;
  }

  @Override
  public QueueKey queueOf(Request request) {
    return request.queue();
  }

  @Override
  public Queue execute(Batch batch, Request request, OwnerRow owner) throws SQLException {
    QueueReader reader = new QueueReader(batch.connection());
    reader.require(request.queueId());
    write(batch, request);
    batch.replace(owner.with(request.state()));
    Intake.seen(batch.connection(), request.queue())
        .ifPresent(intake -> batch.replace(request.queue(), intake));
    return reader.require(request.queueId());
  }

  private void write(Batch batch, Request request) throws SQLException {
    int written =
        NamedSql.on(batch.connection(), SQL)
            .set("queue", request.queue())
            .set("state", request.state().code())
            .set("intake", request.intake().code())
            .set("principal", request.actor().principal())
            .set("reason", Rows.storable(request.actor().reason()))
            .set("data", QueueEvents.data(request.state(), request.change()))
            .update();
    if (written > 0) {
      batch.afterCommit(() -> changed.accept(request.queue()));
    }
  }
}
