package io.tasklane.workflow.wait;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.signal.ReadySignals;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.store.NodeColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The timers that an execution sets and drops. */
public final class Timers {
  private record Timer(Instant due, long workflow, Optional<NodeKey> key, int run) {}

  private static final String INSERT =
      """
      INSERT INTO workflow_timer (due, workflow, node, index, run)
      SELECT u.due, u.workflow, u.node, u.index::int[], u.run
      FROM unnest(:dues::timestamptz[], :workflows::bigint[], :nodes::text[], :indexes::text[],
        :runs::int[]) AS u (due, workflow, node, index, run)
      RETURNING extract(epoch FROM due - clock_timestamp()) * 1000 AS due_in""";
  private static final String DELETE =
      "DELETE FROM workflow_timer WHERE workflow = ANY (:workflows)";

  private final Batch batch;
  private final ReadySignals signals;
  private final List<Timer> set = new ArrayList<>();
  private final List<Long> dropped = new ArrayList<>();

  /** Nothing is set or dropped yet. */
  public Timers(Batch batch, ReadySignals signals) {
    this.batch = batch;
    this.signals = signals;
  }

  /** Whether nothing is to be written. */
  public boolean isEmpty() {
    return set.isEmpty() && dropped.isEmpty();
  }

  /** The timer of a node. */
  public void set(long workflow, Action.SetTimer timer) {
    set.add(new Timer(timer.time(), workflow, Optional.of(timer.key()), timer.run()));
  }

  /** The time limit of a run of a workflow. */
  public void setLimit(long workflow, int run, Instant due) {
    set.add(new Timer(due, workflow, Optional.empty(), run));
  }

  /** The workflow has ended: none of its timers matters any more. */
  public void drop(long workflow) {
    set.removeIf(timer -> timer.workflow() == workflow);
    dropped.add(workflow);
  }

  /** Writes what was begun and ended. */
  public void write() throws SQLException {
    Connection connection = batch.connection();
    if (!dropped.isEmpty()) {
      NamedSql.on(connection, DELETE).set("workflows", "int8", dropped).update();
      dropped.clear();
    }
    if (!set.isEmpty()) {
      NamedSql.on(connection, INSERT)
          .rows(set)
          .add("dues", "timestamptz", timer -> Timestamp.from(timer.due()))
          .add("workflows", "int8", Timer::workflow)
          .add("nodes", "text", timer -> timer.key().map(NodeKey::nodeId).orElse(null))
          .add("indexes", "text", timer -> timer.key().map(NodeColumns::index).orElse("{}"))
          .add("runs", "int4", Timer::run)
          .each(
              row -> {
                Duration dueIn = Duration.ofMillis(Math.max(0, row.getLong("due_in")));
                batch.afterCommit(() -> signals.dueIn(dueIn));
              });
      set.clear();
    }
  }
}
