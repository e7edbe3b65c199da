package io.tasklane.retention;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Removes results that have expired; their tasks stay. A mark moves over the tasks in the order of
 * their creation, a day before the present, so that each is looked at once. A task that is not done
 * then, because it has not ended or its result is still kept or needed, is recorded and looked at
 * again by every clean-up until it is.
 */
final class ExpiredResults implements Sweep {
  private static final int AT_ONCE = 500;

  /** Whether the result of a task k is removed at t.at: {@link Retention#removesResult}. */
  static final String EXPIRED =
      "k.result IS NOT NULL AND k.result_expire_time <= t.at AND NOT (" + StillNeeded.OF_K + ")";

  /** The final states are from SUCCEEDED on. */
  private static final String THROUGH =
      "k.state >= %d AND (k.result IS NULL OR (%s))".formatted(TaskState.SUCCEEDED.code(), EXPIRED);

  private static final String BY_THE_MARK =
      """
      WITH t AS MATERIALIZED (SELECT %s AS at),
      ahead AS MATERIALIZED (
        SELECT k.id, k.create_time FROM task k WHERE k.id > (SELECT task FROM result_mark)
        ORDER BY k.id LIMIT %d),
      looked AS MATERIALIZED (
        SELECT id FROM ahead WHERE id <= (
          SELECT max(id) FROM ahead, t WHERE create_time < t.at - interval '1 day'))""";

  private static final String OF_THE_NOTED =
      """
      WITH t AS MATERIALIZED (SELECT %s AS at),
      looked AS MATERIALIZED (
        SELECT task AS id FROM result_later WHERE task > :position ORDER BY task LIMIT %d)""";

  /** Whether they are needed is checked after they are locked. */
  private static final String LOCK =
      """

      SELECT t.at, ARRAY(
        SELECT k.id FROM looked JOIN task k USING (id)
        WHERE k.result IS NOT NULL AND k.result_expire_time <= t.at
        ORDER BY k.id FOR UPDATE OF k)
      FROM t""";

  private static final String CLEAR =
      """
      ,
      cleared AS (
        UPDATE task k SET result = NULL, result_type = NULL FROM t
        WHERE k.id = ANY (:ids) AND %s RETURNING k.id),
      """
          .formatted(EXPIRED);

  private static final String MARK =
      """
      noted AS (
        INSERT INTO result_later (task)
        SELECT k.id FROM looked JOIN task k USING (id), t WHERE NOT (%2$s)
        ON CONFLICT DO NOTHING),
      marked AS (
        UPDATE result_mark SET task = (SELECT max(id) FROM looked)
        WHERE EXISTS (SELECT FROM looked))
      SELECT (SELECT count(*) FROM cleared), (SELECT count(*) FROM looked) = %1$d, 0"""
          .formatted(AT_ONCE, THROUGH);

  private static final String LATER =
      """
      through AS (
        DELETE FROM result_later r USING looked l, t
        WHERE r.task = l.id AND NOT EXISTS (
          SELECT FROM task k WHERE k.id = l.id AND NOT (%2$s)))
      SELECT (SELECT count(*) FROM cleared), (SELECT count(*) FROM looked) = %1$d,
          (SELECT max(id) FROM looked)"""
          .formatted(AT_ONCE, THROUGH);

  private boolean markIsThere;
  private long position;

  @Override
  public boolean next(Connection connection, RemovalCounts counts) throws SQLException {
    return LockedTasks.with(connection, this::lock, (c, locked) -> clear(c, locked, counts));
  }

  private LockedTasks lock(Connection connection) throws SQLException {
    return bound(connection, looked("clock_timestamp()") + LOCK).one(LockedTasks::read);
  }

  private boolean clear(Connection connection, LockedTasks locked, RemovalCounts counts)
      throws SQLException {
    boolean ofTheMark = !markIsThere;
    String sql = looked(":at::timestamptz") + CLEAR + (ofTheMark ? MARK : LATER);
    return bound(connection, sql)
        .set("at", locked.at())
        .set("ids", "int8", locked.ids())
        .one(
            row -> {
              counts.add(Removed.RESULTS, row.getLong(1));
              boolean more = row.getBoolean(2);
              position = row.getLong(3);
              markIsThere = markIsThere || !more;
              return ofTheMark || more;
            });
  }

  private String looked(String at) {
    return (markIsThere ? OF_THE_NOTED : BY_THE_MARK).formatted(at, AT_ONCE);
  }

  private Parameters bound(Connection connection, String sql) throws SQLException {
    Parameters parameters = NamedSql.on(connection, sql);
    return markIsThere ? parameters.set("position", position) : parameters;
  }
}
