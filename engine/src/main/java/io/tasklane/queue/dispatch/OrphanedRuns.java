package io.tasklane.queue.dispatch;

import io.tasklane.commit.Ownership;
import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.key.FencingToken;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.node.Node;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;

/**
 * Ends runs that exist only in the table: the task is RUNNING or CANCELLING, its lease belongs to
 * this start of this node, and no thread has it in hand. That cannot be while the node does what it
 * should; if it is, nobody else would ever end the task, and its queue would stand still. So its
 * attempt has failed: for good where its time limit is over, as cancelled where somebody asked for
 * that, and otherwise it is tried again by its retry policy.
 *
 * <p>A claim is durable a moment before a thread has the task in hand. So only a run is ended that
 * nobody had in hand at two looks in a row.
 */
final class OrphanedRuns {
  /** The time between two looks. */
  static final Duration PERIOD = Duration.ofSeconds(2);

  private static final Logger LOG = Logger.getLogger(OrphanedRuns.class.getName());
  private static final String LEASES =
      """
      SELECT task, token, queue FROM task_lease
      WHERE node = :node AND incarnation = :incarnation""";

  /** Reads no more of the task than is needed: what cannot be read may be why nobody has it. */
  private static final String FIND =
      """
      SELECT k.name, k.attempt, k.ordering_key, k.needed, %s,
          coalesce(clock_timestamp() >= least(k.total_deadline,
            k.start_time + k.attempt_timeout_ms * interval '1 ms'), false) AS over
      FROM task k
      WHERE k.id = :task AND k.fencing_token = :token AND k.state IN (%d, %d)"""
          .formatted(
              "k." + String.join(", k.", Rows.RETRY_POLICY),
              TaskState.RUNNING.code(),
              TaskState.CANCELLING.code());

  private record Lease(TaskKey task, FencingToken token, QueueKey queue) {}

  /**
   * A run that nobody has in hand.
   *
   * @param task key of the row
   * @param token its fencing token
   * @param name of the task, "tasks/{task}"
   * @param policy for its retries
   * @param attempt that has failed
   * @param orderingKey of the task
   * @param needed final part of the task's name, if others need it
   * @param isOver whether its time limit is over
   */
  record Orphan(
      TaskKey task,
      FencingToken token,
      String name,
      RetryPolicy policy,
      int attempt,
      Optional<String> orderingKey,
      Optional<String> needed,
      boolean isOver) {}

  private final Database database;
  private final DispatchTools tools;
  private final AtomicLong ended = new AtomicLong();
  private Set<Lease> seen = Set.of();
  private long nextLook = Ticker.SYSTEM.nanos();

  OrphanedRuns(Database database, DispatchTools tools) {
    this.database = database;
    this.tools = tools;
  }

  /** How many it has ended since the start of the node. */
  long ended() {
    return ended.get();
  }

  /** Looks, unless the last look was a moment ago. To be called often. */
  synchronized void look() {
    if (Ticker.SYSTEM.nanos() - nextLook < 0) {
      return;
    }
    nextLook = Ticker.SYSTEM.nanos() + PERIOD.toNanos();
    Set<Lease> now = database.with(this::unheld);
    Set<Lease> orphaned = new HashSet<>(now);
    orphaned.retainAll(seen);
    seen = now;
    tools.faults().attemptEach("runs that no thread has in hand", orphaned, this::end);
  }

  private Set<Lease> unheld(Connection connection) throws SQLException {
    Node me = tools.lease().node();
    Set<Lease> leases = new HashSet<>();
    NamedSql.on(connection, LEASES)
        .set("node", me.name())
        .set("incarnation", me.incarnation())
        .each(
            row ->
                leases.add(
                    new Lease(
                        new TaskKey(row.getLong(1)),
                        new FencingToken(row.getLong(2)),
                        new QueueKey(row.getInt(3)))));
    leases.removeIf(lease -> tools.held().isHeld(lease.task(), lease.token()));
    return leases;
  }

  private void end(Lease lease) {
    Optional<Orphan> found = database.with(c -> find(c, lease));
    if (found.isEmpty() || !tools.held().giveUp(lease.task(), lease.token())) {
      return;
    }
    LOG.severe(
        found.get().name() + ": it has a lease of this node and no run; its attempt has failed");
    Node me = tools.lease().node();
    Ownership owner = new Ownership(lease.queue(), me.name(), me.incarnation(), 0);
    CompleteAndClaim.Completion completion = tools.runCompletions().orphaned(found.get());
    tools
        .committer()
        .submit(tools.completions(), new CompleteAndClaim(owner, Optional.of(completion), false))
        .join();
    ended.incrementAndGet();
    completion.decision().backoff().ifPresent(tools.signals()::dueIn);
  }

  private static Optional<Orphan> find(Connection connection, Lease lease) throws SQLException {
    return NamedSql.on(connection, FIND)
        .set("task", lease.task())
        .set("token", lease.token())
        .first(
            row ->
                new Orphan(
                    lease.task(),
                    lease.token(),
                    "tasks/" + row.getString("name"),
                    Rows.retryPolicy(row),
                    row.getInt("attempt"),
                    Rows.text(row, "ordering_key"),
                    row.getBoolean("needed") ? Rows.text(row, "name") : Optional.empty(),
                    row.getBoolean("over")));
  }
}
