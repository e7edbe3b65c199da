package io.tasklane.ordering;

import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.dependency.EndedTask;
import io.tasklane.feature.CompletionListener;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.KeyRetry;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Priority;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The gates of ordering keys. One task of a key has the turn and may run; the others wait in line,
 * in the order of their creation. Whoever enters or leaves a line holds the lock on its gate, so
 * that no two tasks of a key ever have the turn, on whatever node and in whatever queue they are.
 *
 * @param signals sent for every ready task that gets the turn
 */
public record OrderingGates(ReadySignals signals) implements CompletionListener {
  private static final String ENTER =
      """
      INSERT INTO ordering_gate (key) SELECT key FROM unnest(:keys::text[]) AS w (key) ORDER BY key
      ON CONFLICT (key) DO UPDATE SET turn = ordering_gate.turn RETURNING key, turn""";
  static final String LINE_UP =
      """
      WITH arrived AS (
        SELECT * FROM unnest(:keys::text[], :tasks::bigint[]) AS a (key, task)),
      lined AS (
        INSERT INTO ordering_line (key, task) SELECT key, task FROM arrived)
      UPDATE ordering_gate g SET turn = first.task
      FROM (SELECT key, min(task) AS task FROM arrived GROUP BY key) first
      WHERE g.key = first.key AND g.turn IS NULL""";
  private static final String LOCK =
      "SELECT key FROM ordering_gate WHERE key = ANY (:keys) ORDER BY key FOR UPDATE";
  private static final String LEAVE =
      """
      DELETE FROM ordering_line l USING unnest(:keys::text[], :tasks::bigint[]) AS e (key, task)
      WHERE l.key = e.key AND l.task = e.task""";
  private static final String REST =
      """
      WITH resting AS (
        UPDATE ordering_line l SET resting = true
        FROM unnest(:keys::text[], :tasks::bigint[]) AS e (key, task)
        WHERE l.key = e.key AND l.task = e.task RETURNING l.task)
      UPDATE task k SET key_waits = true FROM resting r WHERE k.id = r.task""";

  /** Those of some tasks whose queue lets others pass while they wait for a retry. */
  private static final String PASSED =
      """
      SELECT k.id FROM task k JOIN queue q ON q.id = k.queue
      WHERE k.id = ANY (:tasks) AND q.key_retry = %d"""
          .formatted(KeyRetry.PASS.code());

  private static final String RETURN =
      """
      UPDATE ordering_line l SET resting = false
      FROM unnest(:keys::text[], :tasks::bigint[]) AS e (key, task)
      WHERE l.key = e.key AND l.task = e.task""";

  /**
   * The turn is free if nobody has it, or if the task that had it has left the line or waits for a
   * retry; {@link OrderingLine#next} decides the same.
   */
  static final String PASS =
      """
      WITH next AS MATERIALIZED (
        SELECT g.key, n.task FROM ordering_gate g
        LEFT JOIN LATERAL (
          SELECT l.task FROM ordering_line l WHERE l.key = g.key AND NOT l.resting
          ORDER BY l.key, l.task LIMIT 1) n ON true
        WHERE g.key = ANY (:keys) AND NOT EXISTS (
          SELECT FROM ordering_line l WHERE l.key = g.key AND l.task = g.turn AND NOT l.resting)),
      turned AS (
        UPDATE ordering_gate g SET turn = n.task FROM next n WHERE g.key = n.key),
      passed AS (
        UPDATE task k SET key_waits = false FROM next n WHERE k.id = n.task
        RETURNING k.id, k.queue, k.state, k.priority, k.order_key),
      unaside AS (
        DELETE FROM task_aside a USING passed p WHERE a.queue = p.queue AND a.task = p.id
        RETURNING a.queue, a.rank, a.task),
      ready AS (
        INSERT INTO task_ready (queue, rank, order_key, task)
        SELECT u.queue, u.rank, p.order_key, u.task FROM unaside u JOIN passed p ON p.id = u.task)
      SELECT p.id, p.queue, p.priority, EXISTS (SELECT FROM unaside u WHERE u.task = p.id) AS moved
      FROM passed p WHERE p.state = ${QUEUED}"""
          .replace("${QUEUED}", Integer.toString(TaskState.QUEUED.code()));

  private static final String CLOSE =
      """
      DELETE FROM ordering_gate g WHERE g.key = ANY (:keys)
        AND NOT EXISTS (SELECT FROM ordering_line l WHERE l.key = g.key)""";

  /**
   * Locks the gates of these keys for tasks that are about to be created.
   *
   * @return the keys whose turn is free: the first new task has it
   */
  public static Set<String> enter(Connection connection, Collection<String> keys)
      throws SQLException {
    Set<String> free = new HashSet<>();
    NamedSql.on(connection, ENTER)
        .set("keys", "text", new HashSet<>(keys))
        .each(
            row -> {
              if (row.getObject("turn") == null) {
                free.add(row.getString("key"));
              }
            });
    return free;
  }

  /** Puts the new tasks into the lines of their keys, whose gates are locked. */
  public static void lineUp(Connection connection, List<KeyedTask> tasks) throws SQLException {
    change(connection, LINE_UP, tasks);
  }

  /** Locks the gate of this key, before the rows of its tasks are. */
  public static void lock(Connection connection, String key) throws SQLException {
    lock(connection, Set.of(key));
  }

  private static void lock(Connection connection, Set<String> keys) throws SQLException {
    NamedSql.on(connection, LOCK).set("keys", "text", keys).lock();
  }

  @Override
  public boolean concerns(EndedTask task) {
    return task.orderingKey().isPresent();
  }

  /** Removes the tasks; the next in their lines may run from this very command on. */
  @Override
  public List<EndedTask> tasksEnded(Batch batch, List<EndedTask> ended) throws SQLException {
    passOn(batch, LEAVE, keyed(ended));
    return List.of();
  }

  /** Lets the next tasks pass while these wait for a retry, if their queues say so. */
  @Override
  public void runsEnded(Batch batch, List<EndedTask> waiting) throws SQLException {
    List<EndedTask> resting =
        waiting.stream().filter(task -> task.state() == TaskState.RETRY_WAIT).toList();
    if (!resting.isEmpty()) {
      Set<TaskKey> passed = passed(batch.connection(), resting);
      passOn(
          batch, REST, keyed(resting.stream().filter(task -> passed.contains(task.id())).toList()));
    }
  }

  private static Set<TaskKey> passed(Connection connection, List<EndedTask> resting)
      throws SQLException {
    return Set.copyOf(
        NamedSql.on(connection, PASSED)
            .rows(resting)
            .add("tasks", "int8", EndedTask::id)
            .list(row -> new TaskKey(row.getLong(1))));
  }

  private static List<KeyedTask> keyed(List<EndedTask> tasks) {
    return tasks.stream()
        .map(task -> new KeyedTask(task.orderingKey().orElseThrow(), task.id()))
        .toList();
  }

  /** Puts tasks whose retries are due back in line, at its front. */
  public void comeBack(Batch batch, List<KeyedTask> rested) throws SQLException {
    passOn(batch, RETURN, rested);
  }

  private void passOn(Batch batch, String change, List<KeyedTask> tasks) throws SQLException {
    if (tasks.isEmpty()) {
      return;
    }
    Connection connection = batch.connection();
    Set<String> keys = tasks.stream().map(KeyedTask::key).collect(Collectors.toSet());
    lock(connection, keys);
    change(connection, change, tasks);
    NamedSql.on(connection, PASS).set("keys", "text", keys).each(row -> signal(batch, row));
    NamedSql.on(connection, CLOSE).set("keys", "text", keys).update();
  }

  private void signal(Batch batch, ResultSet row) throws SQLException {
    TaskKey task = new TaskKey(row.getLong("id"));
    if (!row.getBoolean("moved")) { // it was set aside after this statement had taken its snapshot
      throw Again.because("task " + task + " moved meanwhile");
    }
    QueueKey queue = new QueueKey(row.getInt("queue"));
    Priority priority = new Priority(row.getInt("priority"));
    batch.afterCommit(() -> signals.ready(queue, task, priority));
  }

  private static void change(Connection connection, String sql, List<KeyedTask> tasks)
      throws SQLException {
    NamedSql.on(connection, sql)
        .rows(tasks)
        .add("keys", "text", KeyedTask::key)
        .add("tasks", "int8", KeyedTask::task)
        .update();
  }
}
