package io.tasklane.artifact;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import java.time.Duration;
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
      VALUES (:object_key, clock_timestamp() + :time * interval '1 ms', false)""";
  private static final String CLAIM =
      """
      UPDATE artifact_leftover SET removing = true
      WHERE object_key IN (SELECT object_key FROM artifact_leftover
        WHERE due <= clock_timestamp() ORDER BY due LIMIT :limit FOR UPDATE SKIP LOCKED)
      RETURNING object_key""";
  private static final String FORGET =
      "DELETE FROM artifact_leftover WHERE object_key = :object_key";

  /**
   * An object is about to be stored; unless an artifact takes it in this time, it is a leftover.
   */
  public void plan(String objectKey, Duration time) {
    database.with(
        connection ->
            NamedSql.on(connection, PLAN)
                .set("object_key", objectKey)
                .set("time", time.toMillis())
                .update());
  }

  /** Objects to remove now, at most so many; no artifact can take them any more. */
  public List<String> claimDue(int limit) {
    return database.with(
        connection ->
            NamedSql.on(connection, CLAIM).set("limit", limit).list(row -> row.getString(1)));
  }

  /** The object was removed. */
  public void forget(String objectKey) {
    database.with(
        connection -> NamedSql.on(connection, FORGET).set("object_key", objectKey).update());
  }
}
