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
 * Changes how queues order their tasks, and the defaults they give them. A new concurrency applies
 * from the next claim on: if it is higher, more runs start at once; if it is lower, no run is
 * stopped. Existing tasks keep the defaults they were created with; if the order has changed, their
 * order keys are recomputed in the background.
 */
public final class UpdateQueues implements CommandKind<UpdateQueues.Request, Queue> {
  /**
   * A request to change a queue.
   *
   * @param queue key of the queue
   * @param queueId its id
   * @param etag of the version it was based on, empty for any
   * @param change from the present settings to the new ones
   * @param principal who asks
   */
  public record Request(
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

  /** Calls this for every queue that was changed, after the commit. */
  public UpdateQueues(IntConsumer changed) {
    this.changed = changed;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.UPDATE_QUEUES;
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
      outcomes.add(owner.isEmpty() ? Outcome.again() : update(batch, request, owner.get()));
    }
    return outcomes;
  }

  private Outcome<Queue> update(Batch batch, Request request, OwnerRow owner) throws SQLException {
    QueueReader reader = new QueueReader(batch.connection());
    try {
      Queue queue = reader.require(request.queueId());
      Queue wanted = preview(queue, request.etag(), request.change());
      if (!wanted.equals(queue)) {
        write(batch, request, wanted);
        if (!wanted.policy().agingInterval().equals(queue.policy().agingInterval())) {
          rekey(batch, request.queue());
        }
        batch.replace(owner.with(wanted.concurrency()));
      }
      return Outcome.done(reader.require(request.queueId()));
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

  private void write(Batch batch, Request request, Queue wanted) throws SQLException {
    try (PreparedStatement statement = batch.connection().prepareStatement(SQL)) {
      QueueRows.bind(statement, wanted.settings());
      statement.setInt(15, request.queue());
      statement.setInt(16, wanted.concurrency());
      statement.setString(17, request.principal());
      statement.setString(18, QueueEvents.data(wanted.state(), "UPDATED"));
      statement.executeUpdate();
      batch.afterCommit(() -> changed.accept(request.queue()));
    }
  }
}
