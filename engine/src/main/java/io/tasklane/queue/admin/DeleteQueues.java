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
 * Deletes queues that hold nothing unfinished. The row stays, closed, because ended tasks and
 * events name it; a queue of that name may be created again.
 */
public final class DeleteQueues implements CommandKind<DeleteQueues.Wish, Queue> {
  /**
   * A queue somebody wants to be rid of.
   *
   * @param queue its key
   * @param queueId its id
   * @param etag of the version that may be deleted, empty where any may
   * @param unfinished what it held a moment ago
   * @param principal who asks
   */
  public record Wish(
      int queue, String queueId, Optional<String> etag, Unfinished unfinished, String principal) {}

  /** Waits for the commands that are just creating tasks; those that come later wait for this. */
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
   * Makes it.
   *
   * @param configured ids of the queues that the next start would create again
   * @param changed told of every queue that was deleted, after the commit
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
  public Set<Integer> queuesOf(Wish wish) {
    return Set.of(wish.queue());
  }

  @Override
  public List<Outcome<Queue>> execute(Batch batch, List<Wish> wishes) throws SQLException {
    List<Outcome<Queue>> outcomes = new ArrayList<>();
    for (Wish wish : wishes) {
      Optional<OwnerRow> owner = batch.owner(wish.queue());
      outcomes.add(owner.isEmpty() ? Outcome.again() : delete(batch, wish, owner.get()));
    }
    return outcomes;
  }

  private Outcome<Queue> delete(Batch batch, Wish wish, OwnerRow owner) throws SQLException {
    try {
      Queue queue = new QueueReader(batch.connection()).require(wish.queueId());
      check(batch, wish, queue);
      write(batch, wish, queue);
      batch.replace(owner.released());
      batch.replace(wish.queue(), Intake.CLOSED);
      batch.afterCommit(() -> changed.accept(wish.queue()));
      return Outcome.done(queue);
    } catch (Refusal refusal) {
      return Outcome.refused(refusal);
    }
  }

  private void check(Batch batch, Wish wish, Queue queue) throws SQLException {
    if (configured.contains(wish.queueId())) {
      throw refused(
          "QUEUE_CONFIGURED",
          queue,
          "is named in tasklane.queues, so that the next start would create it again; take it out"
              + " there and start anew first, or drain it");
    }
    QueueEtag.check(queue, wish.etag());
    try (PreparedStatement shut = batch.connection().prepareStatement(SHUT)) {
      shut.setInt(1, wish.queue());
      shut.execute();
    }
    long unfinished = wish.unfinished().now(batch.connection(), wish.queue());
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

  private static void write(Batch batch, Wish wish, Queue queue) throws SQLException {
    try (PreparedStatement statement = batch.connection().prepareStatement(DELETE)) {
      statement.setInt(1, wish.queue());
      statement.setString(2, wish.principal());
      statement.setString(3, QueueEvents.data(queue.state(), "DELETED"));
      statement.executeUpdate();
    }
  }
}
