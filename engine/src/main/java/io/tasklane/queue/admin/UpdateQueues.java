package io.tasklane.queue.admin;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.OwnerRow;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueSettings;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/**
 * Changes how queues order their tasks and what they give them. A new number of runs at once holds
 * for the next claim: more start at once, of too many none is stopped. Tasks that exist keep what
 * they were given; their places are found anew in the background where the order has changed.
 */
public final class UpdateQueues implements CommandKind<UpdateQueues.Wish, Queue> {
  /**
   * A change somebody asks for.
   *
   * @param queue key of the queue
   * @param queueId its id
   * @param etag of the version it was made from, empty where any will do
   * @param change from the present settings to the wanted ones
   * @param principal who asks
   */
  public record Wish(
      int queue,
      String queueId,
      Optional<String> etag,
      UnaryOperator<QueueSettings> change,
      String principal) {}

  private static final String SQL =
      """
      WITH updated AS (
        UPDATE queue SET maximum_attempts = ?, initial_backoff_ms = ?, backoff_multiplier = ?,
            maximum_backoff_ms = ?, jitter = ?, permanent_codes = ?, attempt_timeout_ms = ?,
            result_ttl_ms = ?, aging_ms = ?, durability = ?, key_retry = ?, queue_timeout_ms = ?,
            total_timeout_ms = ?, cancel_grace_ms = ?
        WHERE id = ? RETURNING id, name),
      moved AS (
        UPDATE queue_owner o SET version = o.version + 1, concurrency = ?
        FROM updated u WHERE o.queue = u.id RETURNING o.queue, o.version),
      changed AS (
        SELECT u.id, u.name, m.version, ?::text AS actor, ?::text AS data
        FROM updated u JOIN moved m ON m.queue = u.id)
      """
          + QueueEvents.LOGGED;

  private static final String REKEY =
      """
      INSERT INTO queue_rekey (queue, task) VALUES (?, 0)
      ON CONFLICT (queue) DO UPDATE SET task = 0""";

  private final IntConsumer changed;

  /** Tells this of every queue that was changed, after the commit. */
  public UpdateQueues(IntConsumer changed) {
    this.changed = changed;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.UPDATE_QUEUES;
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
      outcomes.add(owner.isEmpty() ? Outcome.again() : update(batch, wish, owner.get()));
    }
    return outcomes;
  }

  private Outcome<Queue> update(Batch batch, Wish wish, OwnerRow owner) throws SQLException {
    QueueReader reader = new QueueReader(batch.connection());
    try {
      Queue queue = reader.require(wish.queueId());
      Queue wanted = preview(queue, wish.etag(), wish.change());
      if (!wanted.equals(queue)) {
        write(batch, wish, wanted);
        if (!wanted.policy().agingInterval().equals(queue.policy().agingInterval())) {
          rekey(batch, wish.queue());
        }
        batch.replace(owner.with(wanted.concurrency()));
      }
      return Outcome.done(reader.require(wish.queueId()));
    } catch (Refusal refusal) {
      return Outcome.refused(refusal);
    }
  }

  /**
   * The queue as it would be after this change.
   *
   * @throws Refusal ABORTED: ETAG_MISMATCH
   */
  public static Queue preview(
      Queue queue, Optional<String> etag, UnaryOperator<QueueSettings> change) {
    QueueEtag.check(queue, etag);
    return queue.with(change.apply(queue.settings()));
  }

  private static void rekey(Batch batch, int queue) throws SQLException {
    try (PreparedStatement statement = batch.connection().prepareStatement(REKEY)) {
      statement.setInt(1, queue);
      statement.executeUpdate();
    }
  }

  private void write(Batch batch, Wish wish, Queue wanted) throws SQLException {
    try (PreparedStatement statement = batch.connection().prepareStatement(SQL)) {
      QueueRows.bind(statement, wanted.settings());
      statement.setInt(15, wish.queue());
      statement.setInt(16, wanted.concurrency());
      statement.setString(17, wish.principal());
      statement.setString(18, QueueEvents.data(wanted.state(), "UPDATED"));
      statement.executeUpdate();
      batch.afterCommit(() -> changed.accept(wish.queue()));
    }
  }
}
