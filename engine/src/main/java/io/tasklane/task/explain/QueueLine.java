package io.tasklane.task.explain;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.explain.Blocker;
import io.tasklane.explain.Explanation;
import io.tasklane.feature.ClaimVerdict;
import io.tasklane.key.TaskKey;
import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ready tasks before a task in its queue, and whether one of them goes first. */
final class QueueLine {
  private static final int MOST_NAMED = 5;

  /** Heads that a claim would pass by are looked at one by one, at most so many. */
  private static final int MOST_LOOKED_AT = 100;

  private static final String BEFORE =
      """
      r.queue = :queue AND (r.rank, r.order_key, r.task) < (:rank::smallint, :order_key, :task)""";

  private static final String COUNT =
      """
      SELECT count(*) AS ahead,
          count(*) FILTER (WHERE r.rank < :rank OR (:strict AND r.order_key < :order_key)) AS higher
      FROM (SELECT r.rank, r.order_key FROM task_ready r WHERE ${BEFORE}
        ORDER BY r.queue, r.rank, r.order_key, r.task LIMIT ${MOST}) r"""
          .replace("${BEFORE}", BEFORE)
          .replace("${MOST}", Integer.toString(Explanation.MOST_AHEAD));

  private static final String HEADS =
      """
      WITH t AS MATERIALIZED (SELECT clock_timestamp() AS at)
      SELECT k.id, k.name, k.state = ${QUEUED} AND ${IN_TIME} AS in_time, ${CONDITIONS} AS fit,
          ${ALONE} AS alone
      FROM t, (SELECT r.rank, r.order_key, r.task FROM task_ready r WHERE ${BEFORE}
        ORDER BY r.queue, r.rank, r.order_key, r.task LIMIT ${MOST}) r
      JOIN task k ON k.id = r.task
      ORDER BY r.rank, r.order_key, r.task"""
          .replace("${QUEUED}", Integer.toString(TaskState.QUEUED.code()))
          .replace("${IN_TIME}", TaskMoves.IN_TIME)
          .replace("${ALONE}", WaitingFacts.ALONE.replace("${RANK}", "r.rank"))
          .replace("${BEFORE}", BEFORE)
          .replace("${MOST}", Integer.toString(MOST_LOOKED_AT));

  /**
   * What is before the task.
   *
   * @param ahead how many
   * @param blocker that they are, where one of them goes first
   */
  record Ahead(int ahead, Optional<Blocker.TasksAhead> blocker) {}

  private record Head(TaskKey task, String name, boolean inTime, boolean fit, boolean alone) {}

  private record Count(int ahead, int higher) {}

  private final ClaimConditions conditions;
  private final String heads;

  QueueLine(ClaimConditions conditions) {
    this.conditions = conditions;
    this.heads = HEADS.replace("${CONDITIONS}", conditions.sql());
  }

  /** What is before this task. */
  Ahead before(Connection connection, WaitingFacts facts) throws SQLException {
    Count count =
        at(connection, COUNT, facts)
            .set("strict", !facts.queue().aged())
            .one(row -> new Count(row.getInt("ahead"), row.getInt("higher")));
    List<Head> first =
        count.ahead() == 0
            ? List.of()
            : at(connection, heads, facts)
                .list(
                    row ->
                        new Head(
                            new TaskKey(row.getLong("id")),
                            "tasks/" + row.getString("name"),
                            row.getBoolean("in_time"),
                            row.getBoolean("fit"),
                            row.getBoolean("alone")));
    boolean blocks = count.ahead() > first.size() || goesFirst(connection, facts.queue(), first);
    return new Ahead(count.ahead(), blocks ? Optional.of(blocker(count, first)) : Optional.empty());
  }

  private static Parameters at(Connection connection, String sql, WaitingFacts facts)
      throws SQLException {
    return NamedSql.on(connection, sql)
        .set("queue", facts.queue().key())
        .set("rank", facts.place().rank())
        .set("order_key", facts.place().orderKey())
        .set("task", facts.task());
  }

  private boolean goesFirst(Connection connection, WaitingFacts.OfQueue queue, List<Head> first)
      throws SQLException {
    for (Head head : first) {
      if (waitsForRuns(queue, head) || !isPassedBy(connection, head)) {
        return true;
      }
    }
    return false;
  }

  /** A task that is claimed alone waits for the runs that were claimed ahead, whatever it is. */
  private static boolean waitsForRuns(WaitingFacts.OfQueue queue, Head head) {
    return head.alone()
        && queue.slots().areTaken(true, queue.taken())
        && !queue.slots().areTaken(false, queue.taken());
  }

  /** A claim ends those whose time is over, and passes by those that it sets aside. */
  private boolean isPassedBy(Connection connection, Head head) throws SQLException {
    return !head.inTime()
        || !head.fit() && conditions.look(connection, head.task()) instanceof ClaimVerdict.SetAside;
  }

  private static Blocker.TasksAhead blocker(Count count, List<Head> first) {
    List<String> names = new ArrayList<>();
    first.stream().limit(MOST_NAMED).forEach(head -> names.add(head.name()));
    return new Blocker.TasksAhead(count.higher(), count.ahead() - count.higher(), names);
  }
}
