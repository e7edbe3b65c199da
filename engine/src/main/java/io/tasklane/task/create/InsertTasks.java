package io.tasklane.task.create;

import static io.tasklane.task.state.TaskState.QUEUED;
import static io.tasklane.task.state.TaskState.SCHEDULED;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.dependency.Standing;
import io.tasklane.key.TaskKey;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Failure;
import io.tasklane.task.Task;
import io.tasklane.task.row.PlannedTask;
import io.tasklane.task.row.TaskColumns;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the rows of new tasks: many in one statement, each in its initial state. */
public final class InsertTasks {
  /** The first state of a task {@code w}, as {@link Standing#creation} decides it. */
  static final String STATE =
      """
      CASE WHEN w.ruled_out IS NOT NULL THEN ${SKIPPED}
            WHEN w.unmet > 0 THEN ${BLOCKED}
            WHEN w.run_after > t.at THEN ${SCHEDULED} ELSE ${QUEUED} END"""
          .replace("${QUEUED}", created(Move.SUBMIT))
          .replace("${BLOCKED}", created(Move.BLOCK))
          .replace("${SCHEDULED}", created(Move.SCHEDULE))
          .replace("${SKIPPED}", created(Move.RULE_OUT));

  /** The move that led to the first state of a task {@code c}. */
  static final String MOVE =
      Stream.of(Move.SUBMIT, Move.BLOCK, Move.SCHEDULE, Move.RULE_OUT)
          .map(move -> "WHEN " + created(move) + " THEN " + move.code())
          .collect(Collectors.joining(" ", "CASE c.state ", " END"));

  private static final String TEXT =
      """
      ${NOW},
      wanted AS (
        SELECT w.*, (SELECT q.aging_ms FROM queue q WHERE q.id = w.queue) AS aging_ms,
            ${STATE} AS state
        FROM t, unnest(:names::text[], :queues::int[], :types::text[], :priorities::smallint[],
            :input_types::text[], :inputs::bytea[], :maximum_attempts::smallint[],
            :initial_backoffs::bigint[], :multipliers::float8[], :maximum_backoffs::bigint[],
            :jitters::float8[], :permanent_codes::text[], :attempt_timeouts::bigint[],
            :result_ttls::bigint[], :labels::text[], :principals::text[],
            :run_after::timestamptz[], :expire_times::timestamptz[],
            :deduplication_keys::text[], :dependencies::text[], :unmet::smallint[],
            :needed::boolean[], :ruled_out::text[], :ordering_keys::text[],
            :key_waits::boolean[], :resource_units::text[], :preemptible::boolean[],
            :listeners::int[]) WITH ORDINALITY
          AS w (name, queue, task_type, priority, input_type, input, maximum_attempts,
            initial_backoff_ms, backoff_multiplier, maximum_backoff_ms, jitter, permanent_codes,
            attempt_timeout_ms, result_ttl_ms, labels, principal, run_after, expire_time,
            deduplication_key, dependencies, unmet, needed, ruled_out, ordering_key, key_waits,
            resource_units, preemptible, listeners, position)
        ORDER BY w.position),
      created AS (
        INSERT INTO task (id, revision, name, queue, task_type, priority, input_type, input,
            maximum_attempts, initial_backoff_ms, backoff_multiplier, maximum_backoff_ms, jitter,
            permanent_codes, attempt_timeout_ms, result_ttl_ms, labels, create_principal,
            run_after, expire_time, deduplication_key, dependencies, unmet, needed, state,
            failure_kind, failure_code, failure_message, failure_trace, failure_time, end_time,
            version, move_xid, create_time, state_time, order_key, ordering_key, key_waits,
            resource_units, preemptible, listeners)
        SELECT nextval('task_seq'), nextval('event_seq'), name, queue, task_type, priority,
            input_type, input, maximum_attempts, initial_backoff_ms, backoff_multiplier,
            maximum_backoff_ms, jitter, string_to_array(permanent_codes, ','), attempt_timeout_ms,
            result_ttl_ms, labels::jsonb, principal, run_after, expire_time, deduplication_key,
            dependencies::jsonb, unmet, needed, state,
            CASE WHEN ruled_out IS NOT NULL THEN ${DEPENDENCY} END,
            CASE WHEN ruled_out IS NOT NULL THEN '${CODE}' END, ruled_out,
            CASE WHEN ruled_out IS NOT NULL THEN '' END,
            CASE WHEN ruled_out IS NOT NULL THEN at END,
            CASE WHEN ruled_out IS NOT NULL THEN at END, 1, xid, at, at,
            task_order_key(priority, at, aging_ms), ordering_key, key_waits,
            resource_units::jsonb, preemptible, listeners
        FROM wanted, t
        RETURNING id, revision, name, queue, task_type, priority, create_principal, state,
            run_after, expire_time, deduplication_key, failure_code, failure_message, labels,
            order_key, key_waits),
      ready AS (
        INSERT INTO task_ready (queue, rank, order_key, task)
        SELECT queue, 1, order_key, id FROM created WHERE state = ${QUEUED} AND NOT key_waits),
      aside AS (
        INSERT INTO task_aside (queue, task, rank, order_key)
        SELECT queue, id, 1, order_key FROM created WHERE state = ${QUEUED} AND key_waits),
      later AS (
        INSERT INTO task_due (due, task)
        SELECT run_after, id FROM created WHERE state = ${SCHEDULED}),
      blocked AS (
        INSERT INTO task_blocked (queue, task)
        SELECT queue, id FROM created WHERE state = ${BLOCKED}),
      expiring AS (
        INSERT INTO task_deadline (due, task)
        SELECT expire_time, id FROM created WHERE expire_time IS NOT NULL AND state < ${SKIPPED}),
      identified AS (
        INSERT INTO task_deduplication (queue, key, task)
        SELECT queue, deduplication_key, id FROM created
        WHERE deduplication_key IS NOT NULL AND state < ${SKIPPED}),
      labelled AS (
        INSERT INTO task_label (key, value, task)
        SELECT l.key, l.value, c.id FROM created c, jsonb_each_text(c.labels) l
        WHERE c.labels IS NOT NULL),
      ended AS (
        INSERT INTO task_end (queue, state, task, end_time, failure_code)
        SELECT c.queue, c.state, c.id, t.at, c.failure_code FROM created c, t
        WHERE c.state = ${SKIPPED}),
      logged AS (
        ${LOG}
        SELECT t.xid, c.revision, t.at, NULL, c.id, c.queue, 1,
            ${MOVE},
            NULL, c.state, 0, c.priority, 1, 'tasks/' || c.name, c.task_type, c.create_principal,
            split_part(c.failure_message, ' ', 1)
        FROM created c, t)
      SELECT c.name, c.id, c.revision, c.state, t.at,
          extract(epoch FROM c.run_after - t.at) * 1000 AS due_in,
          extract(epoch FROM c.expire_time - t.at) * 1000 AS expires_in
      FROM created c, t"""
          .replace("${NOW}", TaskMoves.NOW)
          .replace("${LOG}", TaskMoves.LOG)
          .replace("${STATE}", STATE)
          .replace("${MOVE}", MOVE)
          .replace("${QUEUED}", created(Move.SUBMIT))
          .replace("${BLOCKED}", created(Move.BLOCK))
          .replace("${SCHEDULED}", created(Move.SCHEDULE))
          .replace("${SKIPPED}", created(Move.RULE_OUT))
          .replace("${DEPENDENCY}", Integer.toString(Failure.Kind.DEPENDENCY.code()))
          .replace("${CODE}", Standing.CODE);

  private InsertTasks() {}

  private static String created(Move move) {
    return Integer.toString(MoveTable.STANDARD.require(null, move).code());
  }

  /**
   * Writes these tasks into the running transaction; their names are free.
   *
   * @return the tasks by the final part of their names
   */
  static Map<String, Task> insert(Batch batch, List<PlannedTask> arrivals, ReadySignals signals)
      throws SQLException {
    Map<String, Task> created = new HashMap<>();
    if (arrivals.isEmpty()) {
      return created;
    }
    Map<String, PlannedTask> byName =
        arrivals.stream().collect(Collectors.toMap(a -> a.task().taskId(), Function.identity()));
    TaskColumns.bind(NamedSql.on(batch.connection(), TEXT), arrivals)
        .each(
            row -> {
              Task task = read(row, byName.get(row.getString("name")));
              created.put(task.taskId(), task);
              signal(batch, row, byName.get(task.taskId()), task, signals);
            });
    TimeoutRows.write(batch, created.values(), signals);
    return created;
  }

  /** The task as it would be created now. */
  static Task preview(Connection connection, PlannedTask arrival) throws SQLException {
    Instant at =
        NamedSql.on(connection, "SELECT clock_timestamp()")
            .one(row -> row.getTimestamp(1).toInstant());
    return arrival
        .task()
        .asCreated(TaskKey.NONE, 0, at, stateAt(at, arrival), failure(arrival, at));
  }

  private static TaskState stateAt(Instant at, PlannedTask arrival) {
    boolean later = arrival.task().start().isLater(at);
    return MoveTable.STANDARD.require(null, arrival.standing().creation(later));
  }

  private static Task read(ResultSet row, PlannedTask arrival) throws SQLException {
    Instant at = row.getTimestamp("at").toInstant();
    TaskState state = TaskState.of(row.getInt("state"));
    return arrival
        .task()
        .asCreated(
            new TaskKey(row.getLong("id")),
            row.getLong("revision"),
            at,
            state,
            failure(arrival, at));
  }

  private static Optional<Failure> failure(PlannedTask arrival, Instant at) {
    return arrival
        .standing()
        .ruledOut()
        .map(why -> new Failure(Failure.Kind.DEPENDENCY, Standing.CODE, why, "", at));
  }

  private static void signal(
      Batch batch, ResultSet row, PlannedTask arrival, Task task, ReadySignals signals)
      throws SQLException {
    if (task.state() == QUEUED && !arrival.keyWaits()) {
      batch.afterCommit(() -> signals.ready(arrival.task().queue(), task.id(), task.priority()));
    }
    if (task.state() == SCHEDULED) {
      Duration dueIn = Duration.ofMillis(row.getLong("due_in"));
      batch.afterCommit(() -> signals.dueIn(dueIn));
    }
    if (task.start().expireTime().isPresent() && !task.isFinished()) {
      Duration expiresIn = Duration.ofMillis(row.getLong("expires_in"));
      batch.afterCommit(() -> signals.dueIn(expiresIn));
    }
  }
}
