package io.tasklane.queue.admin;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Intake;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.OwnerRow;
import io.tasklane.queue.Queue;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Deletes queues that have no unfinished tasks. The row stays, closed, because ended tasks and
 * events name it; a queue of that name may be created again.
 */
public final class DeleteQueues implements CommandKind<DeleteQueues.Request, Queue> {
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
      int queue, String queueId, Optional<String> etag, Unfinished unfinished, String principal) {}

  /** Waits for commands that are creating tasks; later ones wait for this. */
  private static final String SHUT = "SELECT FROM queue WHERE id = ? FOR NO KEY UPDATE";

  private static final String DELETE =
      """
      WITH deleted AS (
        UPDATE queue SET intake = %d, delete_time = clock_timestamp()
        WHERE id = ? RETURNING id, name),
      freed AS (
        UPDATE queue_owner o SET version = o.version + 1, epoch = o.epoch + 1, node = NULL,
            incarnation = NULL, bid_node = NULL, bid_incarnation = NULL
        FROM deleted d WHERE o.queue = d.id RETURNING o.queue, o.version),
      changed AS (
        SELECT d.id, d.name, f.version, ?::text AS actor, ?::text AS data
        FROM deleted d JOIN freed f ON f.queue = d.id)
      %s"""
          .formatted(Intake.CLOSED.code(), QueueEvents.LOGGED);

  private final Set<String> configured;
  private final IntConsumer changed;

  /**
   * Deletes any queue but those of the configuration.
   *
   * @param configured ids of the queues that the next start would create again
   * @param changed called with the key of every queue that was deleted, after the commit
   */
  public DeleteQueues(Set<String> configured, IntConsumer changed) {
    this.configured = configured;
    this.changed = changed;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.DELETE_QUEUES;
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
      outcomes.add(owner.isEmpty() ? Outcome.again() : delete(batch, request, owner.get()));
    }
    return outcomes;
  }

  private Outcome<Queue> delete(Batch batch, Request request, OwnerRow owner) throws SQLException {
    try {
      Queue queue = new QueueReader(batch.connection()).require(request.queueId());
      check(batch, request, queue);
      write(batch, request, queue);
      batch.replace(owner.released());
      batch.replace(request.queue(), Intake.CLOSED);
      batch.afterCommit(() -> changed.accept(request.queue()));
      return Outcome.done(queue);
    } catch (Refusal refusal) {
      return Outcome.refused(refusal);
    }
  }

  private void check(Batch batch, Request request, Queue queue) throws SQLException {
    if (configured.contains(request.queueId())) {
      throw refused(
          "QUEUE_CONFIGURED",
          queue,
          "is named in tasklane.queues, so that the next start would create it again; take it out"
              + " there and start anew first, or drain it");
    }
    QueueEtag.check(queue, request.etag());
    try (PreparedStatement shut = batch.connection().prepareStatement(SHUT)) {
      shut.setInt(1, request.queue());
      shut.execute();
    }
    long unfinished = request.unfinished().now(batch.connection(), request.queue());
    if (unfinished > 0) {
      throw refused(
          "QUEUE_NOT_EMPTY",
          queue,
          "holds " + unfinished + " unfinished tasks; drain it and wait, or cancel them");
    }
  }

  private static Refusal refused(String reason, Queue queue, String what) {
    return Refusal.of(
        Refusal.Sort.FAILED_PRECONDITION, reason, queue.name(), queue.name() + " " + what);
  }

  private static void write(Batch batch, Request request, Queue queue) throws SQLException {
    try (PreparedStatement statement = batch.connection().prepareStatement(DELETE)) {
      statement.setInt(1, request.queue());
      statement.setString(2, request.principal());
      statement.setString(3, QueueEvents.data(queue.state(), "DELETED"));
      statement.executeUpdate();
    }
  }
}
