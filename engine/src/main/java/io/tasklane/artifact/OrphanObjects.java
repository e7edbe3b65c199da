package io.tasklane.artifact;

import io.tasklane.database.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects of the storage that belong to no artifact. An object is recorded here before it is
 * stored, so that a crash in between leaves no unknown object.
 *
 * @param database where they are recorded
 */
public record OrphanObjects(Database database) {
  private static final String PLAN =
      """
      INSERT INTO artifact_leftover (object_key, due, removing)
      VALUES (?, clock_timestamp() + ? * interval '1 ms', false)""";
  private static final String CLAIM =
      """
      UPDATE artifact_leftover SET removing = true
      WHERE object_key IN (SELECT object_key FROM artifact_leftover
        WHERE due <= clock_timestamp() ORDER BY due LIMIT ? FOR UPDATE SKIP LOCKED)
      RETURNING object_key""";
  private static final String FORGET = "DELETE FROM artifact_leftover WHERE object_key = ?";

  /**
   * An object is about to be stored; unless an artifact takes it in this time, it is a leftover.
   */
  public void plan(String objectKey, Duration time) {
    database.with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(PLAN)) {
            statement.setString(1, objectKey);
            statement.setLong(2, time.toMillis());
            return statement.executeUpdate();
          }
        });
  }

  /** Objects to remove now, at most so many; no artifact can take them any more. */
  public List<String> claimDue(int limit) {
    return database.with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setInt(1, limit);
            return keys(statement);
          }
        });
  }

  /** The object was removed. */
  public void forget(String objectKey) {
    database.with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setString(1, objectKey);
            return statement.executeUpdate();
          }
        });
  }

  static List<String> keys(PreparedStatement statement) throws SQLException {
    List<String> keys = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        keys.add(rows.getString(1));
      }
    }
    return keys;
  }
}
