package io.tasklane.dependency;

import static io.tasklane.task.state.TaskState.BLOCKED;
import static io.tasklane.task.state.TaskState.QUEUED;
import static io.tasklane.task.state.TaskState.SCHEDULED;
import static io.tasklane.task.state.TaskState.SUCCEEDED;

import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.feature.CompletionListener;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Failure;
import io.tasklane.task.Priority;
import io.tasklane.task.end.EndedRows;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Resolves the dependents of tasks that have ended: decrements their counters of unmet needs, in
 * the order of their keys, releases those that need nothing more, and skips those that can never
 * start, as {@link Standing} decides it. Their events name a task that caused the move. The cost is
 * proportional to the number of dependents. Skipped tasks are returned, because others may need
 * them.
 *
 * @param signals sent for every task that is ready or will become due
 */
public record ResolveDependents(ReadySignals signals) implements CompletionListener {
  /** Whether the end of a task {@code e} is the one that a policy {@code p} waits for. */
  static final String MET = "(p.met_by >> e.state) & 1 = 1";

  /** The state of a dependent that is resolved. */
  private static final String RELEASED =
      """
      CASE WHEN v.ruled_out IS NOT NULL THEN ${SKIPPED}
              WHEN k.run_after > t.at THEN ${SCHEDULED} ELSE ${QUEUED} END""";

  /**
   * The statement. Only tasks that ended in this very transaction count. A counter is compared as
   * the lock has it: the snapshot of the statement may be older than the end of another need, for
   * which it has just waited, and a dependent would then be neither counted nor released. In a
   * pipelined transaction it fails, and the transaction with it, if another step would have to
   * follow in Java.
   */
  public static final String TEXT =
      """
      ${NOW},
      ended AS MATERIALIZED (
        SELECT e.* FROM unnest(:ended::bigint[], :ended_states::smallint[],
            :ended_words::text[]) AS e (id, state, words), t
        WHERE EXISTS (SELECT FROM task k
          WHERE k.id = e.id AND k.state = e.state AND k.move_xid = t.xid)),
      edge AS MATERIALIZED (
        SELECT n.task, ${MET} AS met, split_part(e.words, ' ', 1) AS name,
            e.words || '; this task needs it to ' || p.wanted AS reason
        FROM ended e
        CROSS JOIN LATERAL (SELECT * FROM task_need WHERE need = e.id OFFSET 0) n
        JOIN (VALUES ${POLICIES}) AS p (code, met_by, wanted) ON p.code = n.policy),
      affected AS MATERIALIZED (
        SELECT task, count(*) FILTER (WHERE met) AS met,
            min(name COLLATE "C") FILTER (WHERE met) AS met_by,
            min(reason) FILTER (WHERE NOT met) AS ruled_out
        FROM edge GROUP BY task ORDER BY task),
      verdict AS MATERIALIZED (
        SELECT k.id, k.state_time AS since, k.move_xid, k.unmet, d.met, d.met_by, d.ruled_out
        FROM affected d CROSS JOIN LATERAL (
          SELECT id, state_time, move_xid, unmet FROM task
          WHERE id = d.task AND state = ${BLOCKED} FOR UPDATE) k),
      whole AS MATERIALIZED (
        SELECT count(*) FILTER (WHERE v.move_xid > t.xid) > 0 AS newer,
            count(*) FILTER (WHERE v.ruled_out IS NOT NULL) > 0 AS skips
        FROM t LEFT JOIN verdict v ON true),
      counted AS (
        UPDATE task k SET unmet = k.unmet - v.met
        FROM verdict v
        WHERE k.id = v.id AND v.ruled_out IS NULL AND v.unmet > v.met),
      moved AS (
        UPDATE task k SET unmet = k.unmet - v.met,
            ${MOVED},
            end_time = CASE WHEN v.ruled_out IS NOT NULL THEN t.at END,
            failure_kind = CASE WHEN v.ruled_out IS NOT NULL THEN ${DEPENDENCY} END,
            failure_code = CASE WHEN v.ruled_out IS NOT NULL THEN '${CODE}' END,
            failure_message = v.ruled_out,
            failure_trace = CASE WHEN v.ruled_out IS NOT NULL THEN '' END,
            failure_time = CASE WHEN v.ruled_out IS NOT NULL THEN t.at END
        FROM verdict v, t
        WHERE k.id = v.id AND (v.ruled_out IS NOT NULL OR v.unmet <= v.met)
        RETURNING k.*, ${BLOCKED} AS from_state, v.since,
            CASE WHEN v.ruled_out IS NOT NULL THEN ${RULE_OUT}
              WHEN k.state = ${SCHEDULED} THEN ${SCHEDULE} ELSE ${RELEASE} END AS move,
            'system:dependency' AS actor,
            coalesce(split_part(v.ruled_out, ' ', 1), v.met_by) AS data),
      free AS (
        DELETE FROM task_blocked WHERE ctid = ANY (ARRAY(
          SELECT b.row FROM moved m CROSS JOIN LATERAL (
            SELECT ctid AS row FROM task_blocked
            WHERE queue = m.queue AND task = m.id OFFSET 0) b))),
      ${READY},
      later AS (
        INSERT INTO task_due (due, task)
        SELECT run_after, id FROM moved WHERE state = ${SCHEDULED}),
      ${DEDUPLICATED},
      ${LOGGED}
      SELECT m.id, m.name, m.state, m.queue, m.priority, m.needed, m.ordering_key, m.key_waits,
          m.resource_units IS NOT NULL AS holds_units, m.listeners, ${AWAITED} AS awaited,
          extract(epoch FROM m.run_after - t.at) * 1000 AS due_in,
          whole.newer,
          CASE WHEN :fits_alone::boolean
            THEN 1 / (NOT whole.newer AND NOT whole.skips)::int END AS fits
      FROM t CROSS JOIN whole LEFT JOIN moved m ON true"""
          .replace("${NOW}", TaskMoves.NOW)
          .replace("${MET}", MET)
          .replace("${MOVED}", TaskMoves.to(RELEASED))
          .replace("${READY}", TaskMoves.READY)
          .replace("${AWAITED}", EndedRows.AWAITED)
          .replace("${POLICIES}", policies())
          .replace("${DEPENDENCY}", Integer.toString(Failure.Kind.DEPENDENCY.code()))
          .replace("${CODE}", Standing.CODE)
          .replace("${BLOCKED}", code(BLOCKED))
          .replace("${SKIPPED}", target(Move.RULE_OUT))
          .replace("${SCHEDULED}", target(Move.SCHEDULE))
          .replace("${QUEUED}", target(Move.RELEASE))
          .replace("${RULE_OUT}", Integer.toString(Move.RULE_OUT.code()))
          .replace("${SCHEDULE}", Integer.toString(Move.SCHEDULE.code()))
          .replace("${RELEASE}", Integer.toString(Move.RELEASE.code()))
          .replace("${DEDUPLICATED}", TaskMoves.DEDUPLICATED)
          .replace("${LOGGED}", TaskMoves.LOGGED);

  @Override
  public boolean concerns(EndedTask task) {
    return task.needed();
  }

  /**
   * Releases or skips the dependents.
   *
   * @return those that are skipped and concern others
   */
  @Override
  public List<EndedTask> tasksEnded(Batch batch, List<EndedTask> ended) throws SQLException {
    List<EndedTask> further = new ArrayList<>();
    bind(NamedSql.on(batch.connection(), TEXT), ended, false)
        .each(
            row -> {
              if (row.getBoolean("newer")) {
                throw Again.because("a dependent moved meanwhile");
              }
              note(batch, row, further);
            });
    return further;
  }

  static Parameters bind(Parameters parameters, List<EndedTask> ended, boolean alone)
      throws SQLException {
    return parameters
        .set("fits_alone", alone)
        .rows(ended)
        .add("ended", "int8", EndedTask::id)
        .add("ended_states", "int2", e -> (short) e.state().code())
        .add("ended_words", "text", e -> "tasks/" + e.taskId() + " ended " + e.state());
  }

  /** Binds the statement for one task in a pipelined transaction. */
  public static void bindAlone(Parameters parameters, TaskKey id, String taskId)
      throws SQLException {
    EndedTask ended = new EndedTask(id, taskId, SUCCEEDED, true, Optional.empty(), false, 0);
    bind(parameters, List.of(ended), true);
  }

  /** Reads the dependents that a pipelined transaction has released. */
  public void released(Batch batch, ResultSet rows) throws SQLException {
    while (rows.next()) {
      note(batch, rows, new ArrayList<>());
    }
  }

  private void note(Batch batch, ResultSet row, List<EndedTask> further) throws SQLException {
    TaskKey id = new TaskKey(row.getLong("id"));
    if (row.wasNull()) {
      return; // nobody depends on them any more
    }
    TaskState state = TaskState.of(row.getInt("state"));
    if (state == QUEUED && !row.getBoolean("key_waits")) {
      QueueKey queue = new QueueKey(row.getInt("queue"));
      Priority priority = new Priority(row.getInt("priority"));
      batch.afterCommit(() -> signals.ready(queue, id, priority));
    } else if (state == SCHEDULED) {
      Duration dueIn = Duration.ofMillis(row.getLong("due_in"));
      batch.afterCommit(() -> signals.dueIn(dueIn));
    } else if (state.isFinal() && row.getBoolean("awaited")) {
      further.add(EndedRows.read(row));
    }
  }

  private static String policies() {
    return Arrays.stream(DependencyPolicy.values())
        .map(p -> "(" + p.code() + ", " + p.metBy() + ", '" + p.wanted() + "')")
        .collect(Collectors.joining(", "));
  }

  private static String target(Move move) {
    return code(MoveTable.STANDARD.require(BLOCKED, move));
  }

  private static String code(TaskState state) {
    return Integer.toString(state.code());
  }
}
