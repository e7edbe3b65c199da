package io.tasklane.queue.store;

import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueState;
import io.tasklane.store.Batch;
import io.tasklane.store.CommandKind;
import io.tasklane.store.Outcome;
import io.tasklane.store.OwnerRow;
import io.tasklane.store.Rows;
import io.tasklane.task.Actor;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/** Pauses and resumes queues, in the very row that every claim locks. */
public final class SetQueueState implements CommandKind<SetQueueState.Wish, Queue> {
  /**
   * A wish.
   *
   * @param queue key of the queue
   * @param queueId its id
   * @param state ACTIVE or PAUSED
   * @param actor who, and why
   */
  public record Wish(int queue, String queueId, QueueState state, Actor actor) {}

  private static final String SQL =
      """
      WITH moved AS (
        UPDATE queue_owner o SET state = w.state, version = version + 1,
            pause_principal = CASE WHEN w.state = %1$d THEN w.principal END,
            pause_reason = CASE WHEN w.state = %1$d THEN w.reason END,
            pause_time = CASE WHEN w.state = %1$d THEN clock_timestamp() END
        FROM (SELECT ?::int AS queue, ?::smallint AS state, ?::text AS principal,
            ?::text AS reason) w
        WHERE o.queue = w.queue AND o.state <> w.state
        RETURNING o.queue, o.version, w.principal, o.state),
      changed AS (
        SELECT q.id, q.name, m.version, m.principal AS actor,
            CASE m.state WHEN %1$d THEN '{"state":"PAUSED"}' ELSE '{"state":"ACTIVE"}' END AS data
        FROM moved m JOIN queue q ON q.id = m.queue)
      %2$s"""
          .formatted(QueueState.PAUSED.code(), QueueEvents.LOGGED);

  private final IntConsumer changed;

  /** Tells this of every queue whose state changed, after the commit; it must not block. */
  public SetQueueState(IntConsumer changed) {
    this.changed = changed;
  }

  @Override
  public int rank() {
    return 15;
  }

  @Override
  public Set<Integer> queuesOf(Wish wish) {
    return Set.of(wish.queue());
  }

  @Override
  public List<Outcome<Queue>> execute(Batch batch, List<Wish> wishes) throws SQLException {
    List<Outcome<Queue>> outcomes = new ArrayList<>();
    for (Wish wish : wishes) {
      Optional<OwnerRow> owner = batch.owner(wish.queue());
      if (owner.isEmpty()) {
        outcomes.add(Outcome.again());
        continue;
      }
      write(batch, wish);
      batch.replace(owner.get().with(wish.state()));
      outcomes.add(Outcome.done(new QueueReader(batch.connection()).require(wish.queueId())));
    }
    return outcomes;
  }

  private void write(Batch batch, Wish wish) throws SQLException {
    try (PreparedStatement statement = batch.connection().prepareStatement(SQL)) {
      statement.setInt(1, wish.queue());
      statement.setInt(2, wish.state().code());
      statement.setString(3, wish.actor().principal());
      statement.setString(4, Rows.storable(wish.actor().reason()));
      if (statement.executeUpdate() > 0) {
        batch.afterCommit(() -> changed.accept(wish.queue()));
      }
    }
  }
}
