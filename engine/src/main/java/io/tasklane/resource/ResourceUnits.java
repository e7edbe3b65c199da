package io.tasklane.resource;

import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.dependency.EndedTask;
import io.tasklane.explain.Blocker;
import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.ClaimVerdict;
import io.tasklane.feature.CompletionListener;
import io.tasklane.key.FencingToken;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Priority;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The units of resources. They are counted under the lock on the resource's row, from live leases
 * and from the starts within the refill period, so none can leak. A task whose resource is
 * exhausted is set aside, and returns to its place when units are free.
 *
 * @param signals sent for tasks that return to their queues, and for when to look again
 */
public record ResourceUnits(ReadySignals signals) implements ClaimCondition, CompletionListener {
  static final int MOST_BACK = 500;

  private static final String LOCK =
      "SELECT id FROM resource WHERE id = ANY (:resources) ORDER BY id FOR NO KEY UPDATE";
  private static final String OF_TASKS =
      "SELECT DISTINCT resource FROM task_resource WHERE task = ANY (:tasks)";
  private static final String FORGET = "DELETE FROM task_resource WHERE task = ANY (:tasks)";
  private static final String NEEDS =
      "SELECT "
          + ResourceReader.COLUMNS
          + ", w.units FROM task_resource w JOIN resource r ON r.id = w.resource"
          + " WHERE w.task = :task ORDER BY r.id";

  /** The resource for which a task was set aside, if it has not returned yet. */
  private static final String ASIDE =
      """
      SELECT a.resource FROM task k JOIN task_aside a ON a.queue = k.queue AND a.task = k.id
      WHERE k.id = :task AND a.resource IS NOT NULL""";

  private static final String SET_ASIDE =
      """
      WITH gone AS (
        DELETE FROM task_ready r USING task k
        WHERE k.id = :task AND r.queue = k.queue AND r.rank IN (0, 1) AND r.order_key = k.order_key
          AND r.task = k.id
        RETURNING r.queue, r.task, r.rank, r.order_key)
      INSERT INTO task_aside (queue, task, rank, order_key, resource)
      SELECT queue, task, rank, order_key, :resource FROM gone""";
  private static final String STARTED =
      """
      WITH old AS (
        DELETE FROM resource_start s USING resource r, task_resource n
        WHERE n.task = :task AND r.id = n.resource AND s.resource = r.id
          AND NOT (${COUNTS}))
      INSERT INTO resource_start (resource, time, token, units)
      SELECT r.id, clock_timestamp(), :token, n.units
      FROM task_resource n JOIN resource r ON r.id = n.resource
      WHERE n.task = :task AND r.refill_units > 0"""
          .replace("${COUNTS}", ResourceReader.COUNTS);

  /**
   * Returns the first tasks of each queue, at most as many as could start; the claims decide which
   * do.
   */
  static final String BACK =
      """
      WITH free AS MATERIALIZED (
        SELECT f.id, f.units FROM unnest(:resources::int[], :free::int[]) AS f (id, units)
        WHERE f.units > 0),
      waits AS MATERIALIZED (
        SELECT DISTINCT a.resource, a.queue FROM task_aside a JOIN free f ON f.id = a.resource),
      back AS MATERIALIZED (
        SELECT a.queue, a.task, a.rank, a.order_key
        FROM waits w JOIN free f ON f.id = w.resource
        CROSS JOIN LATERAL (
          SELECT a.* FROM task_aside a JOIN task_resource n
            ON n.task = a.task AND n.resource = a.resource AND n.units <= f.units
          WHERE a.resource = w.resource AND a.queue = w.queue
          ORDER BY a.rank, a.order_key, a.task LIMIT least(f.units, ${MOST})) a),
      gone AS (
        DELETE FROM task_aside a USING back b WHERE a.queue = b.queue AND a.task = b.task
        RETURNING a.queue, a.task, a.rank, a.order_key),
      ready AS (
        INSERT INTO task_ready (queue, rank, order_key, task)
        SELECT queue, rank, order_key, task FROM gone)
      SELECT g.queue, g.task, k.priority FROM gone g JOIN task k ON k.id = g.task"""
          .replace("${MOST}", Integer.toString(MOST_BACK));

  private static final String USE =
      "SELECT "
          + ResourceReader.COLUMNS
          + " FROM resource r WHERE r.id = ANY (:resources) ORDER BY r.id";

  /** Sets when the next units of a refilled resource that tasks wait for become free. */
  static final String MARK =
      """
      UPDATE resource r SET refill_due = CASE
        WHEN EXISTS (SELECT FROM task_aside a WHERE a.resource = r.id) THEN
          (SELECT min(s.time) FROM resource_start s WHERE s.resource = r.id
            AND ${COUNTS})
          + r.refill_period_ms * interval '1 ms' END
      WHERE r.id = ANY (:resources) AND r.refill_units > 0
      RETURNING extract(epoch FROM r.refill_due - clock_timestamp()) * 1000 AS due_in"""
          .replace("${COUNTS}", ResourceReader.COUNTS);

  private record Free(int resource, int units) {}

  private record Need(int resource, String name, int units, int free) {
    boolean isMet() {
      return units <= free;
    }

    Blocker blocker() {
      return new Blocker.Resource(name, units, free);
    }
  }

  @Override
  public String sql() {
    return "k.resource_units IS NULL";
  }

  /**
   * Locks the resources of this ready task until the transaction ends, and counts their free units;
   * sets the task aside if there are too few.
   */
  @Override
  public ClaimVerdict check(Batch batch, TaskKey task) throws SQLException {
    Connection connection = batch.connection();
    Collection<Integer> resources = of(connection, List.of(task));
    if (resources.isEmpty()) {
      return ClaimVerdict.MAY_RUN;
    }
    lock(connection, resources);
    List<Need> unmet = needs(connection, task).stream().filter(need -> !need.isMet()).toList();
    if (unmet.isEmpty()) {
      return ClaimVerdict.MAY_RUN;
    }
    setAside(batch, task, unmet.get(0).resource());
    return aside(unmet);
  }

  /** Counts the free units of the resources that the task needs. */
  @Override
  public ClaimVerdict look(Connection connection, TaskKey task) throws SQLException {
    Optional<Integer> aside =
        NamedSql.on(connection, ASIDE).set("task", task).first(row -> row.getInt(1));
    List<Need> unmet =
        needs(connection, task).stream()
            .filter(need -> !need.isMet() || aside.filter(r -> r == need.resource()).isPresent())
            .toList();
    return unmet.isEmpty() ? ClaimVerdict.MAY_RUN : aside(unmet);
  }

  private static ClaimVerdict aside(List<Need> unmet) {
    return new ClaimVerdict.SetAside(unmet.stream().map(Need::blocker).toList());
  }

  private static List<Need> needs(Connection connection, TaskKey task) throws SQLException {
    return NamedSql.on(connection, NEEDS)
        .set("task", task)
        .list(
            row ->
                new Need(row.getInt("id"), row.getString("name"), row.getInt("units"), free(row)));
  }

  private static int free(ResultSet row) throws SQLException {
    ResourceLimits limits = ResourceReader.limits(row);
    return limits.free(new ResourceUse(row.getInt("held"), row.getInt("started")));
  }

  private void setAside(Batch batch, TaskKey task, int resource) throws SQLException {
    int moved =
        NamedSql.on(batch.connection(), SET_ASIDE)
            .set("task", task)
            .set("resource", resource)
            .update();
    if (moved != 1) {
      throw Again.because("task " + task + " moved meanwhile");
    }
    mark(batch, List.of(resource));
  }

  /** Records the start of a checked task, which counts until the refill period is over. */
  @Override
  public void started(Batch batch, TaskKey task, FencingToken token) throws SQLException {
    int started =
        NamedSql.on(batch.connection(), STARTED).set("task", task).set("token", token).update();
    if (started > 0) {
      mark(batch, of(batch.connection(), List.of(task)));
    }
  }

  @Override
  public boolean concerns(EndedTask task) {
    return task.holdsUnits();
  }

  /** Frees the units: tasks that wait for them return to their queues. */
  @Override
  public void runsEnded(Batch batch, List<EndedTask> waiting) throws SQLException {
    giveBack(batch, of(batch.connection(), ids(waiting)));
  }

  /** Frees the units, and forgets what the tasks needed. */
  @Override
  public List<EndedTask> tasksEnded(Batch batch, List<EndedTask> ended) throws SQLException {
    Connection connection = batch.connection();
    List<TaskKey> tasks = ids(ended);
    Collection<Integer> resources = of(connection, tasks);
    lock(connection, resources);
    NamedSql.on(connection, FORGET).set("tasks", "int8", tasks).update();
    giveBack(batch, resources);
    return List.of();
  }

  private static List<TaskKey> ids(List<EndedTask> tasks) {
    return tasks.stream().map(EndedTask::id).toList();
  }

  /** Returns to their places the tasks that may start with the free units of these resources. */
  public void giveBack(Batch batch, Collection<Integer> resources) throws SQLException {
    if (resources.isEmpty()) {
      return;
    }
    Connection connection = batch.connection();
    lock(connection, resources);
    List<Free> free =
        of(connection, USE, resources).list(row -> new Free(row.getInt("id"), free(row)));
    NamedSql.on(connection, BACK)
        .rows(free)
        .add("resources", "int4", Free::resource)
        .add("free", "int4", Free::units)
        .each(row -> signal(batch, row));
    mark(batch, resources);
  }

  private void signal(Batch batch, ResultSet row) throws SQLException {
    QueueKey queue = new QueueKey(row.getInt("queue"));
    TaskKey task = new TaskKey(row.getLong("task"));
    Priority priority = new Priority(row.getInt("priority"));
    batch.afterCommit(() -> signals.ready(queue, task, priority));
  }

  private void mark(Batch batch, Collection<Integer> resources) throws SQLException {
    of(batch.connection(), MARK, resources)
        .each(
            row -> {
              if (row.getObject("due_in") != null) {
                Duration dueIn = Duration.ofMillis(row.getLong("due_in"));
                batch.afterCommit(() -> signals.dueIn(dueIn));
              }
            });
  }

  private static Collection<Integer> of(Connection connection, List<TaskKey> tasks)
      throws SQLException {
    return new TreeSet<>(
        NamedSql.on(connection, OF_TASKS).set("tasks", "int8", tasks).list(row -> row.getInt(1)));
  }

  private static void lock(Connection connection, Collection<Integer> resources)
      throws SQLException {
    of(connection, LOCK, resources).lock();
  }

  private static Parameters of(Connection connection, String sql, Collection<Integer> resources)
      throws SQLException {
    return NamedSql.on(connection, sql).set("resources", "int4", resources);
  }
}
