package io.tasklane.queue.admin;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Etag;
import io.tasklane.commit.Intake;
import io.tasklane.commit.OwnerCommand;
import io.tasklane.commit.OwnerRow;
import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.Queue;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Deletes queues that have no unfinished tasks. The row stays, closed, because ended tasks and
 * events name it; a queue of that name may be created again.
 *
 * @param configured ids of the queues that the next start would create again
 * @param changed called with the key of every queue that was deleted, after the commit
 */
public record DeleteQueues(Set<String> configured, Consumer<QueueKey> changed)
    implements OwnerCommand<DeleteQueues.Request, Queue> {
  /**
   * A request to delete a queue.
   *
   * @param queue its key
   * @param queueId its id
   * @param etag of the version that may be deleted, empty for any
   * @param unfinished its unfinished tasks, counted shortly before
   * @param principal who asks
   */
  public record Request(
      QueueKey queue,
      String queueId,
      Optional<String> etag,
      Unfinished unfinished,
      String principal) {}

  /** Waits for commands that are creating tasks; later ones wait for this. */
  private static final String SHUT = "SELECT FROM queue WHERE id = :queue FOR NO KEY UPDATE";

  private static final String DELETE =
      """
      WITH deleted AS (
        UPDATE queue SET intake = %d, delete_time = clock_timestamp()
        WHERE id = :queue RETURNING id, name),
      freed AS (
        UPDATE queue_owner o SET version = o.version + 1, epoch = o.epoch + 1, node = NULL,
            incarnation = NULL, bid_node = NULL, bid_incarnation = NULL
        FROM deleted d WHERE o.queue = d.id RETURNING o.queue, o.version),
      changed AS (
        SELECT d.id, d.name, f.version, :actor::text AS actor, :data::text AS data
        FROM deleted d JOIN freed f ON f.queue = d.id)
      %s"""
          .formatted(Intake.CLOSED.code(), QueueEvents.LOGGED);

  @Override
  public CommandOrder order() {
    return CommandOrder.DELETE_QUEUES;
  }

  @Override
  public QueueKey queueOf(Request request) {
    return request.queue();
  }

  @Override
  public Queue execute(Batch batch, Request request, OwnerRow owner) throws SQLException {
    Queue queue = new QueueReader(batch.connection()).require(request.queueId());
    check(batch, request, queue);
    NamedSql.on(batch.connection(), DELETE)
        .set("queue", request.queue())
        .set("actor", request.principal())
        .set("data", QueueEvents.data(queue.state(), "DELETED"))
        .update();
    batch.replace(owner.released());
    batch.replace(request.queue(), Intake.CLOSED);
    batch.afterCommit(() -> changed.accept(request.queue()));
    return queue;
  }

  private void check(Batch batch, Request request, Queue queue) throws SQLException {
    if (configured.contains(request.queueId())) {
      throw Refusal.precondition(
          RefusalReason.QUEUE_CONFIGURED,
          queue.name(),
          "is named in tasklane.queues, so that the next start would create it again; take it out"
              + " there and start anew first, or drain it");
    }
    Etag.check(queue.name(), queue.etag(), request.etag());
    NamedSql.on(batch.connection(), SHUT).set("queue", request.queue()).lock();
    long unfinished = request.unfinished().now(batch.connection(), request.queue());
    if (unfinished > 0) {
      throw Refusal.precondition(
          RefusalReason.QUEUE_NOT_EMPTY,
          queue.name(),
          "holds " + unfinished + " unfinished tasks; drain it and wait, or cancel them");
    }
  }
}
