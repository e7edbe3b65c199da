package io.tasklane.workflow.hold;

import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.signal.ReadySignals;
import io.tasklane.workflow.compile.QueueHolds;
import io.tasklane.workflow.state.WorkflowStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Begins and ends the holds of workflows, under the locks on the owner rows of their queues.
 *
 * @param batch in whose transaction
 * @param signals sent to the queues that may start tasks again
 */
public record HeldQueues(Batch batch, ReadySignals signals) {
  /** PostgreSQL's lock_not_available. */
  private static final String LOCKED = "55P03";

  private static final String FIND =
      "SELECT id FROM queue WHERE name = ANY (:names) AND delete_time IS NULL ORDER BY id";
  private static final String LOCK =
      "SELECT FROM queue_owner WHERE queue = ANY (:queues) ORDER BY queue FOR UPDATE";

  /**
   * The holder may have tasks of its own in the queue; a workflow that was started before may have
   * some where its definition names the queue, or another workflow.
   */
  private static final String HOLD =
      """
      INSERT INTO queue_hold (queue, workflow, may_pass)
      SELECT q.id, :workflow, u.own OR EXISTS (
        SELECT FROM workflow w JOIN workflow_definition d ON d.id = w.definition
        WHERE w.state IN (${RUNNING}, ${CANCELLING}) AND w.id < :workflow
          AND (position('"queue":"' || q.name || '"' IN d.definition) > 0
            OR position('"template":' IN d.definition) > 0))
      FROM unnest(:names::text[], :own::boolean[]) AS u (name, own)
      JOIN queue q ON q.name = u.name AND q.delete_time IS NULL
      ON CONFLICT (queue, workflow) DO NOTHING"""
          .replace("${RUNNING}", Integer.toString(WorkflowStatus.State.RUNNING.code()))
          .replace("${CANCELLING}", Integer.toString(WorkflowStatus.State.CANCELLING.code()));

  private static final String HELD =
      """
      SELECT h.queue FROM queue_hold h JOIN queue q ON q.id = h.queue
      WHERE h.workflow = :workflow AND (:name = '' OR q.name = :name) ORDER BY h.queue""";
  private static final String RELEASE =
      "DELETE FROM queue_hold WHERE workflow = :workflow AND queue = ANY (:queues)";

  /** A claim that finds one of them still held sets it aside again. */
  private static final String BACK =
      """
      WITH back AS (
        DELETE FROM task_aside WHERE queue = ANY (:queues) AND held
        RETURNING queue, rank, order_key, task)
      INSERT INTO task_ready (queue, rank, order_key, task)
      SELECT queue, rank, order_key, task FROM back""";

  private static final String MAKE_WAY =
      "UPDATE queue_hold SET may_pass = true WHERE workflow > :workflow AND NOT may_pass";

  /** Holds these queues for a workflow; those that do not exist any more are left out. */
  public void hold(long workflow, Set<String> names, QueueHolds holds) throws SQLException {
    lock(find(names));
    NamedSql.on(connection(), HOLD)
        .set("workflow", workflow)
        .rows(names)
        .add("names", "text", name -> name)
        .add("own", "bool", holds::mayPass)
        .update();
  }

  /** Ends a hold of a workflow, or with an empty name all of them. */
  public void release(long workflow, String name) throws SQLException {
    List<QueueKey> queues =
        NamedSql.on(connection(), HELD)
            .set("workflow", workflow)
            .set("name", name)
            .list(row -> new QueueKey(row.getInt(1)));
    if (queues.isEmpty()) {
      return;
    }
    lock(queues);
    NamedSql.on(connection(), RELEASE)
        .set("workflow", workflow)
        .set("queues", "int4", queues)
        .update();
    lookAgain(queues);
  }

  /** Locks the queue of this name against claims; empty if there is none any more. */
  public Optional<QueueKey> lock(String name) throws SQLException {
    List<QueueKey> found = find(Set.of(name));
    lock(found);
    return found.stream().findFirst();
  }

  /** A workflow that had ended goes on: its tasks pass the holds of those started after it. */
  public void makeWay(long workflow) throws SQLException {
    NamedSql.on(connection(), MAKE_WAY).set("workflow", workflow).update();
  }

  /** Tasks of these queues, which are locked, may have got the right to start. */
  public void lookAgain(List<QueueKey> queues) throws SQLException {
    NamedSql.on(connection(), BACK).set("queues", "int4", queues).update();
    batch.afterCommit(() -> queues.forEach(signals::look));
  }

  private List<QueueKey> find(Set<String> names) throws SQLException {
    return NamedSql.on(connection(), FIND)
        .set("names", "text", names)
        .list(row -> new QueueKey(row.getInt(1)));
  }

  /**
   * A claim holds these rows for one transaction, which is short. This one may hold rows that
   * claims wait for, and so must not wait long.
   */
  private void lock(Collection<QueueKey> queues) throws SQLException {
    limitWaiting("300ms");
    try {
      NamedSql.on(connection(), LOCK).set("queues", "int4", queues).lock();
    } catch (SQLException failed) {
      if (LOCKED.equals(failed.getSQLState())) {
        throw Again.because("a queue of the workflow is busy just now");
      }
      throw failed;
    }
    limitWaiting("0");
  }

  private void limitWaiting(String time) throws SQLException {
    NamedSql.on(connection(), "SELECT set_config('lock_timeout', :time, true)")
        .set("time", time)
        .one(row -> row.getString(1));
  }

  private Connection connection() {
    return batch.connection();
  }
}
