package io.tasklane.retention.store;

import io.tasklane.retention.Removed;
import io.tasklane.retention.Tally;
import io.tasklane.task.TaskState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Removes results whose time is over; their tasks stay. A mark walks over the tasks in the order of
 * their creation, a day behind the present, so that each is looked at once; one that is not through
 * then, because it has not ended, its result is still kept or needed, or it may be run again, is
 * noted and looked at again by every clean-up until it is.
 */
final class ExpiredResults implements Sweep {
  private static final int AT_ONCE = 500;

  /** Of a task k at the time t.at. */
  private static final String EXPIRED =
      "k.result IS NOT NULL AND k.result_expire_time <= t.at AND NOT (" + StillNeeded.OF_K + ")";

  private static final String THROUGH =
      "k.state = %d AND (k.result IS NULL OR (%s))".formatted(TaskState.SUCCEEDED.code(), EXPIRED);

  private static final String CLEARED =
      """
      cleared AS (
        UPDATE task k SET result = NULL, result_type = NULL FROM looked l, t
        WHERE k.id = l.id AND %s RETURNING k.id)
      """
          .formatted(EXPIRED);

  private static final String MARK =
      """
      WITH t AS MATERIALIZED (SELECT clock_timestamp() AS at),
      ahead AS MATERIALIZED (
        SELECT k.id, k.create_time FROM task k WHERE k.id > (SELECT task FROM result_mark)
        ORDER BY k.id LIMIT %1$d),
      looked AS MATERIALIZED (
        SELECT id FROM ahead WHERE id <= (
          SELECT max(id) FROM ahead, t WHERE create_time < t.at - interval '1 day')),
      %2$s,
      noted AS (
        INSERT INTO result_later (task)
        SELECT k.id FROM looked JOIN task k USING (id), t WHERE NOT (%3$s)
        ON CONFLICT DO NOTHING),
      marked AS (
        UPDATE result_mark SET task = (SELECT max(id) FROM looked)
        WHERE EXISTS (SELECT FROM looked))
      SELECT (SELECT count(*) FROM cleared), (SELECT count(*) FROM looked) = %1$d, 0"""
          .formatted(AT_ONCE, CLEARED, THROUGH);

  private static final String LATER =
      """
      WITH t AS MATERIALIZED (SELECT clock_timestamp() AS at),
      looked AS MATERIALIZED (
        SELECT task AS id FROM result_later WHERE task > ? ORDER BY task LIMIT %1$d),
      %2$s,
      through AS (
        DELETE FROM result_later r USING looked l, t
        WHERE r.task = l.id AND NOT EXISTS (
          SELECT FROM task k WHERE k.id = l.id AND NOT (%3$s)))
      SELECT (SELECT count(*) FROM cleared), (SELECT count(*) FROM looked) = %1$d,
          (SELECT max(id) FROM looked)"""
          .formatted(AT_ONCE, CLEARED, THROUGH);

  private boolean markIsThere;
  private long position;

  @Override
  public boolean next(Connection connection, Tally tally) throws SQLException {
    boolean ofTheMark = !markIsThere;
    try (PreparedStatement statement = connection.prepareStatement(ofTheMark ? MARK : LATER)) {
      if (!ofTheMark) {
        statement.setLong(1, position);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        tally.add(Removed.RESULTS, row.getLong(1));
        boolean more = row.getBoolean(2);
        position = row.getLong(3);
        markIsThere = markIsThere || !more;
        return ofTheMark || more;
      }
    }
  }
}
