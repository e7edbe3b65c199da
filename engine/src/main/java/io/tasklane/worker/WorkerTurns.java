package io.tasklane.worker;

import static io.tasklane.database.Rows.instant;

import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.explain.Blocker;
import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.ClaimVerdict;
import io.tasklane.key.FencingToken;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.state.TaskState;
import io.tasklane.task.type.Handlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who executes the head of a queue: this node where it has a handler of its type, which the SQL of
 * the claim knows; otherwise a worker. It is offered to the one with a credit whose last offer is
 * the oldest. While all are busy the queue waits; while there is none the tasks of this type stand
 * aside, so that others of the queue go on.
 */
public final class WorkerTurns implements ClaimCondition {
  private static final String FACTS =
      """
      SELECT of.*, (SELECT count(*) FROM worker w WHERE ${SERVED}) AS workers,
          EXISTS (SELECT FROM worker w WHERE ${SERVED} AND ${FREE}) AS free,
          greatest((SELECT max(w.heartbeat_time) FROM worker w
              WHERE of.task_type = ANY (w.task_types)),
            (SELECT y.last_seen_time FROM task_type y WHERE y.name = of.task_type)) AS last_seen
      FROM (SELECT k.queue, k.state, k.task_type, q.name AS queue_name, ${HANDLED} AS handled
        FROM task k JOIN queue q ON q.id = k.queue WHERE k.id = :task) of"""
          .replace("${SERVED}", Served.BY_WORKER)
          .replace("${FREE}", Served.FREE);

  /** Skips those that another claim or a report of theirs has locked: the next look finds them. */
  private static final String PICK =
      """
      SELECT w.id, w.name, w.node FROM worker w,
        (SELECT :type::text AS task_type, :queue::text AS queue_name) of
      WHERE ${SERVED} AND ${FREE}
      ORDER BY w.last_offer, w.id LIMIT 1 FOR NO KEY UPDATE OF w SKIP LOCKED"""
          .replace("${SERVED}", Served.BY_WORKER)
          .replace("${FREE}", Served.FREE);

  private static final String WAIT =
      "INSERT INTO worker_wait (queue) VALUES (:queue) ON CONFLICT (queue) DO NOTHING";

  /** All of the type among the first of the queue, so that a long backlog costs few commands. */
  private static final String SET_ASIDE =
      """
      WITH heads AS MATERIALIZED (
        SELECT r.queue, r.rank, r.order_key, r.task FROM task_ready r WHERE r.queue = :queue
        ORDER BY r.queue, r.rank, r.order_key, r.task LIMIT 1000),
      gone AS (
        DELETE FROM task_ready r USING heads h, task k
        WHERE r.queue = h.queue AND r.rank = h.rank AND r.order_key = h.order_key
          AND r.task = h.task AND k.id = h.task AND k.task_type = :type
        RETURNING r.queue, r.task, r.rank, r.order_key),
      noted AS (
        INSERT INTO unserved (queue, task_type) VALUES (:queue, :type)
        ON CONFLICT (queue, task_type) DO NOTHING)
      INSERT INTO task_aside (queue, task, rank, order_key, unserved)
      SELECT queue, task, rank, order_key, :type FROM gone""";

  private record Facts(
      QueueKey queue,
      TaskState state,
      String type,
      String queueName,
      boolean handled,
      int workers,
      boolean free,
      Optional<Instant> lastSeen) {
    ClaimVerdict verdict() {
      if (handled || free || state == TaskState.OFFERED) {
        return ClaimVerdict.MAY_RUN;
      }
      return workers > 0
          ? new ClaimVerdict.QueueWaits(List.of(new Blocker.WorkersBusy(type, workers)))
          : new ClaimVerdict.SetAside(List.of(new Blocker.NoWorker(type, lastSeen)));
    }
  }

  private record Picked(long worker, String name, String node) {}

  private final String sql;
  private final String facts;
  private final Consumer<Offer> sender;
  private final ReadySignals signals;

  /**
   * The rule of a node.
   *
   * @param handlers of the node
   * @param sender brings an offer to its worker, after the commit; must not block
   * @param signals are told when an offer is over
   */
  public WorkerTurns(Handlers handlers, Consumer<Offer> sender, ReadySignals signals) {
    this.sql = Served.byHandlers(handlers, "k.task_type");
    this.facts = FACTS.replace("${HANDLED}", sql);
    this.sender = sender;
    this.signals = signals;
  }

  @Override
  public String sql() {
    return sql;
  }

  @Override
  public ClaimVerdict look(Connection connection, TaskKey task) throws SQLException {
    return facts(connection, task).verdict();
  }

  private Facts facts(Connection connection, TaskKey task) throws SQLException {
    return NamedSql.on(connection, facts)
        .set("task", task)
        .one(
            row ->
                new Facts(
                    new QueueKey(row.getInt("queue")),
                    TaskState.of(row.getInt("state")),
                    row.getString("task_type"),
                    row.getString("queue_name"),
                    row.getBoolean("handled"),
                    row.getInt("workers"),
                    row.getBoolean("free"),
                    instant(row, "last_seen")));
  }

  @Override
  public ClaimVerdict check(Batch batch, TaskKey task) throws SQLException {
    Connection connection = batch.connection();
    Facts now = facts(connection, task);
    if (now.handled()) {
      return ClaimVerdict.MAY_RUN;
    }
    Optional<Picked> worker = now.free() ? pick(connection, now) : Optional.empty();
    if (worker.isPresent()) {
      return offer(batch, task, worker.get());
    }
    if (now.workers() > 0) {
      NamedSql.on(connection, WAIT).set("queue", now.queue()).update();
      return new ClaimVerdict.QueueWaits(
          List.of(new Blocker.WorkersBusy(now.type(), now.workers())));
    }
    setAside(connection, task, now);
    return now.verdict();
  }

  private static Optional<Picked> pick(Connection connection, Facts of) throws SQLException {
    return NamedSql.on(connection, PICK)
        .set("type", of.type())
        .set("queue", of.queueName())
        .first(row -> new Picked(row.getLong(1), row.getString(2), row.getString(3)));
  }

  /** A task that may not start any more is left to the claim, which then ends it. */
  private ClaimVerdict offer(Batch batch, TaskKey task, Picked worker) throws SQLException {
    Optional<FencingToken> token =
        MakeOffer.of(batch.connection(), task, worker.worker(), worker.name());
    if (token.isEmpty()) {
      return ClaimVerdict.MAY_RUN;
    }
    Offer offer = new Offer(worker.worker(), worker.node(), task, token.get());
    batch.afterCommit(
        () -> {
          sender.accept(offer);
          signals.dueIn(MakeOffer.ACCEPT_WITHIN);
        });
    return new ClaimVerdict.Given(token.get(), List.of());
  }

  private static void setAside(Connection connection, TaskKey task, Facts of) throws SQLException {
    int moved =
        NamedSql.on(connection, SET_ASIDE).set("queue", of.queue()).set("type", of.type()).update();
    if (moved == 0) {
      throw Again.because("task " + task + " moved meanwhile");
    }
  }
}
