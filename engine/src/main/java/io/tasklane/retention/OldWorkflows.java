package io.tasklane.retention;

import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Removes workflows that have ended longer ago than ended tasks are kept, with their nodes, the
 * oldest first; few at a time, because each may have many nodes. What a workflow that goes on has
 * started stays, because it may read the results.
 *
 * @param age how long they are kept after their end
 */
record OldWorkflows(Duration age) implements Sweep {
  private static final int AT_ONCE = 5;
  private static final String REMOVE =
      """
      WITH old AS MATERIALIZED (
        SELECT id FROM workflow w WHERE end_time < clock_timestamp() - :age * interval '1 ms'
          AND NOT EXISTS (SELECT FROM workflow o WHERE o.id = w.outermost AND o.end_time IS NULL)
        ORDER BY end_time LIMIT :limit FOR UPDATE SKIP LOCKED),
      items AS (DELETE FROM workflow_item x USING old WHERE x.workflow = old.id),
      nodes AS (DELETE FROM workflow_node x USING old WHERE x.workflow = old.id),
      tasks AS (DELETE FROM workflow_task x USING old WHERE x.workflow = old.id),
      waits AS (DELETE FROM workflow_wait x USING old WHERE x.workflow = old.id),
      timers AS (DELETE FROM workflow_timer x USING old WHERE x.workflow = old.id),
      pins AS (DELETE FROM workflow_pin x USING old WHERE x.workflow = old.id),
      starts AS (DELETE FROM workflow_start x USING old WHERE x.workflow = old.id),
      approvals AS (DELETE FROM workflow_approval x USING old WHERE x.workflow = old.id),
      definitions AS (DELETE FROM workflow_definition x USING old WHERE x.id = old.id)
      DELETE FROM workflow w USING old WHERE w.id = old.id""";

  @Override
  public boolean next(Connection connection, RemovalCounts counts) throws SQLException {
    int removed =
        NamedSql.on(connection, REMOVE).set("age", age.toMillis()).set("limit", AT_ONCE).update();
    counts.add(Removed.WORKFLOWS, removed);
    return removed == AT_ONCE;
  }
}
