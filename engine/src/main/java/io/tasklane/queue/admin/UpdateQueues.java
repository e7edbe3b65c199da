package io.tasklane.queue.admin;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Etag;
import io.tasklane.commit.OwnerCommand;
import io.tasklane.commit.OwnerRow;
import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.limit.CalendarRows;
import io.tasklane.queue.limit.LimitRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Changes how queues order their tasks, and the defaults they give them. A new concurrency applies
 * from the next claim on: if it is higher, more runs start at once; if it is lower, no run is
 * stopped. Existing tasks keep the defaults they were created with; if the order has changed, their
 * order keys are recomputed in the background.
 *
 * @param changed called with the key of every queue that was changed, after the commit
 */
public record UpdateQueues(Consumer<QueueKey> changed)
    implements OwnerCommand<UpdateQueues.Request, Queue> {
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
      QueueKey queue,
      String queueId,
      Optional<String> etag,
      UnaryOperator<QueueSettings> change,
      String principal) {}

  private static final String SQL =
      """
      WITH updated AS (
        UPDATE queue SET maximum_attempts = :maximum_attempts,
            initial_backoff_ms = :initial_backoff_ms, backoff_multiplier = :backoff_multiplier,
            maximum_backoff_ms = :maximum_backoff_ms, jitter = :jitter,
            permanent_codes = :permanent_codes, attempt_timeout_ms = :attempt_timeout_ms,
            result_ttl_ms = :result_ttl_ms, aging_ms = :aging_ms, durability = :durability,
            key_retry = :key_retry, queue_timeout_ms = :queue_timeout_ms,
            total_timeout_ms = :total_timeout_ms, cancel_grace_ms = :cancel_grace_ms
        WHERE id = :queue RETURNING id, name),
      moved AS (
        UPDATE queue_owner o SET version = o.version + 1, concurrency = :concurrency
        FROM updated u WHERE o.queue = u.id RETURNING o.queue, o.version),
      changed AS (
        SELECT u.id, u.name, m.version, :actor::text AS actor, :data::text AS data
        FROM updated u JOIN moved m ON m.queue = u.id)
      """
          + QueueEvents.LOGGED;

  private static final String REKEY =
      """
      INSERT INTO queue_rekey (queue, task) VALUES (:queue, 0)
      ON CONFLICT (queue) DO UPDATE SET task = 0""";

  @Override
  public CommandOrder order() {
    return CommandOrder.UPDATE_QUEUES;
  }

  @Override
  public QueueKey queueOf(Request request) {
    return request.queue();
  }

  @Override
  public Queue execute(Batch batch, Request request, OwnerRow owner) throws SQLException {
    QueueReader reader = new QueueReader(batch.connection());
    Queue queue = reader.require(request.queueId());
    Queue wanted = preview(queue, request.etag(), request.change());
    Optional<String> calendar = newCalendar(queue, wanted);
    if (calendar.isPresent()) {
      CalendarRows.require(batch.connection(), calendar.get());
    }
    if (!wanted.equals(queue)) {
      write(batch, request, wanted);
      if (!wanted.policy().agingInterval().equals(queue.policy().agingInterval())) {
        NamedSql.on(batch.connection(), REKEY).set("queue", request.queue()).update();
      }
      batch.replace(owner.with(wanted.concurrency()));
    }
    return reader.require(request.queueId());
  }

  /** The calendar that it is to get, if it has another one. */
  private static Optional<String> newCalendar(Queue queue, Queue wanted) {
    Optional<String> present = queue.policy().limits().calendar();
    return wanted.policy().limits().calendar().filter(name -> !present.equals(Optional.of(name)));
  }

  /**
   * The same with a check of its calendar.
   *
   * @throws Refusal ABORTED: ETAG_MISMATCH; INVALID_ARGUMENT: CALENDAR_UNKNOWN, CALENDAR_RANGE
   */
  public static Queue preview(
      Connection connection,
      Queue queue,
      Optional<String> etag,
      UnaryOperator<QueueSettings> change)
      throws SQLException {
    Queue wanted = preview(queue, etag, change);
    Optional<String> calendar = newCalendar(queue, wanted);
    if (calendar.isPresent()) {
      CalendarRows.check(connection, calendar.get());
    }
    return wanted;
  }

  /**
   * The queue as it would be after this change.
   *
   * @throws Refusal ABORTED: ETAG_MISMATCH
   */
  private static Queue preview(
      Queue queue, Optional<String> etag, UnaryOperator<QueueSettings> change) {
    Etag.check(queue.name(), queue.etag(), etag);
    return queue.with(change.apply(queue.settings()));
  }

  private void write(Batch batch, Request request, Queue wanted) throws SQLException {
    QueueRows.bind(NamedSql.on(batch.connection(), SQL), wanted.settings())
        .set("queue", request.queue())
        .set("actor", request.principal())
        .set("data", QueueEvents.data(wanted.state(), "UPDATED"))
        .update();
    LimitRows.write(batch, request.queue(), wanted.policy().limits());
    batch.afterCommit(() -> changed.accept(request.queue()));
  }
}
