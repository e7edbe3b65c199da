package io.tasklane.workflow.execution;

import static java.util.stream.Collectors.toCollection;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.key.TaskKey;
import io.tasklane.ordering.OrderingGates;
import io.tasklane.task.Actor;
import io.tasklane.task.state.TaskState;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cancels tasks of nodes that were stopped, a batch in each transaction. The command is the maximum
 * number of tasks; the result is how many tasks were cancelled and nodes were finished.
 *
 * @param executions decides what follows from their ends
 */
record CancelNodes(Executions executions) implements SingleCommand<Integer, Integer> {
  /** SQL: whether there is anything to do. */
  static final String PROBE = "SELECT EXISTS (SELECT FROM workflow_cancel)";

  private static final String OPEN =
      "k.state < %d AND k.state <> %d"
          .formatted(TaskState.SUCCEEDED.code(), TaskState.CANCELLING.code());

  /** Tasks of a cancel {@code c}. */
  private static final String TASKS =
      """
      (SELECT c.task WHERE c.task IS NOT NULL
       UNION ALL
       SELECT t.task FROM workflow_task t
       WHERE c.task IS NULL AND t.workflow = c.workflow AND t.node = c.node
         AND t.index = c.index AND t.run = c.run AND t.taken)""";

  private static final String FIRST =
      "SELECT id FROM workflow_cancel ORDER BY id LIMIT :limit FOR UPDATE SKIP LOCKED";
  private static final String NEXT =
      """
      SELECT k.id, k.name, k.ordering_key, c.principal, c.reason
      FROM workflow_cancel c CROSS JOIN LATERAL ${TASKS} n JOIN task k ON k.id = n.task
      WHERE c.id = ANY (:cancels) AND ${OPEN} LIMIT :limit"""
          .replace("${TASKS}", TASKS)
          .replace("${OPEN}", OPEN);

  /** Those that somebody moves just now are left for the next batch. */
  private static final String LOCK =
      """
      SELECT k.id FROM task k WHERE k.id = ANY (:tasks) AND ${OPEN}
      ORDER BY k.id FOR UPDATE SKIP LOCKED"""
          .replace("${OPEN}", OPEN);

  private static final String DONE =
      """
      DELETE FROM workflow_cancel c WHERE c.id = ANY (:cancels) AND NOT EXISTS (
        SELECT FROM ${TASKS} n JOIN task k ON k.id = n.task WHERE ${OPEN})"""
          .replace("${TASKS}", TASKS)
          .replace("${OPEN}", OPEN);

  private record Next(TaskKey id, String name, Optional<String> orderingKey, Actor actor) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.CANCEL_NODES;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    List<Long> cancels =
        NamedSql.on(batch.connection(), FIRST).set("limit", limit).list(row -> row.getLong("id"));
    if (cancels.isEmpty()) {
      return Outcome.done(0);
    }
    List<Next> next =
        NamedSql.on(batch.connection(), NEXT)
            .set("cancels", "int8", cancels)
            .set("limit", limit)
            .list(
                row ->
                    new Next(
                        new TaskKey(row.getLong("id")),
                        row.getString("name"),
                        Rows.text(row, "ordering_key"),
                        new Actor(row.getString("principal"), row.getString("reason"))));
    int cancelled = next.isEmpty() ? 0 : cancel(batch, next);
    int done = NamedSql.on(batch.connection(), DONE).set("cancels", "int8", cancels).update();
    return Outcome.done(cancelled + done);
  }

  /** The gates come before the rows of tasks, as everywhere. */
  private int cancel(Batch batch, List<Next> next) throws SQLException {
    Set<String> keys =
        next.stream()
            .flatMap(one -> one.orderingKey().stream())
            .collect(toCollection(TreeSet::new));
    for (String key : keys) {
      OrderingGates.lock(batch.connection(), key);
    }
    Set<TaskKey> locked =
        Set.copyOf(
            NamedSql.on(batch.connection(), LOCK)
                .set("tasks", "int8", next.stream().map(Next::id).toArray())
                .list(row -> new TaskKey(row.getLong("id"))));
    executions.together(
        batch,
        "system:workflow",
        tasks -> {
          for (Next one : next) {
            if (locked.contains(one.id())) {
              tasks.cancel(batch, one.name(), one.actor());
            }
          }
        });
    return locked.size();
  }
}
