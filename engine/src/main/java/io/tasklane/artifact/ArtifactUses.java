package io.tasklane.artifact;

import io.tasklane.database.NamedSql;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Task;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which task names which artifact. A use is written in the command that writes its task, after a
 * lock on the artifact's row; every removal of an artifact takes that lock too, so neither misses
 * the other.
 */
public final class ArtifactUses {
  private static final String USE =
      """
      INSERT INTO artifact_use (task, role, artifact, create_time)
      SELECT :task, :role, a.sha256, clock_timestamp() FROM artifact a
      WHERE a.sha256 = :sha256 AND a.size_bytes = :size FOR KEY SHARE OF a
      ON CONFLICT (task, role) DO UPDATE
      SET artifact = excluded.artifact, create_time = excluded.create_time""";

  private static final String KEPT = "SELECT 1 FROM task WHERE id = :task AND result IS NOT NULL";
  private static final String LOCK =
      """
      SELECT sha256, size_bytes FROM artifact WHERE sha256 = ANY (:hashes)
      ORDER BY sha256 FOR KEY SHARE""";

  /** Uses by tasks that are gone, or whose result is. */
  private static final String FORGET =
      """
      WITH of_steps AS (
        DELETE FROM step_artifact_use u WHERE u.artifact = ANY (:hashes)
          AND NOT EXISTS (SELECT FROM task k WHERE k.id = u.task))
      DELETE FROM artifact_use u WHERE u.artifact = ANY (:hashes)
        AND NOT EXISTS (SELECT FROM task k
          WHERE k.id = u.task AND (u.role = %d OR k.result IS NOT NULL))"""
          .formatted(Role.INPUT.code);

  private static final String REMOVE =
      """
      WITH gone AS (
        DELETE FROM artifact a WHERE a.sha256 = ANY (:hashes)
          AND NOT EXISTS (SELECT FROM artifact_use u WHERE u.artifact = a.sha256)
          AND NOT EXISTS (SELECT FROM step_artifact_use u WHERE u.artifact = a.sha256)
        RETURNING object_key)
      INSERT INTO artifact_leftover (object_key, due, removing)
      SELECT object_key, clock_timestamp(), true FROM gone RETURNING object_key""";

  /** How a task uses an artifact. */
  private enum Role {
    /** As its input. */
    INPUT(1),
    /** As its result. */
    RESULT(2);

    private final int code;

    Role(int code) {
      this.code = code;
    }
  }

  private ArtifactUses() {}

  /**
   * Writes the uses of tasks that were just created in this transaction.
   *
   * @throws ArtifactGoneException if a task names an artifact that does not exist, or has another
   *     size
   */
  public static void ofInputs(Connection connection, Collection<Task> created) throws SQLException {
    for (Task task : created) {
      if (task.input().reference().isPresent()) {
        use(connection, task.id(), Role.INPUT, task.input().reference().get());
      }
    }
  }

  /**
   * Writes the use by the result of a task that was just completed in this transaction. A result
   * that was not kept, because the task is tried again, names nothing.
   *
   * @param task key of the row
   * @throws ArtifactGoneException if the artifact does not exist, or has another size
   */
  public static void ofResult(Connection connection, TaskKey task, ArtifactReference result)
      throws SQLException {
    if (NamedSql.on(connection, KEPT).set("task", task).exists()) {
      use(connection, task, Role.RESULT, result);
    }
  }

  /** Those of these artifacts that exist, with their sizes; they stay until the commit. */
  public static Map<String, Long> lock(Connection connection, Set<String> hashes)
      throws SQLException {
    Map<String, Long> sizes = new HashMap<>();
    NamedSql.on(connection, LOCK)
        .set("hashes", "text", hashes)
        .each(row -> sizes.put(row.getString(1), row.getLong(2)));
    return sizes;
  }

  private static void use(Connection connection, TaskKey task, Role role, ArtifactReference named)
      throws SQLException {
    int used =
        NamedSql.on(connection, USE)
            .set("task", task)
            .set("role", role.code)
            .set("sha256", named.sha256())
            .set("size", named.sizeBytes())
            .update();
    if (used == 0) {
      throw new ArtifactGoneException(named);
    }
  }

  /** Deletes uses of these artifacts that ended; the artifacts' rows are locked. */
  static void forgetEnded(Connection connection, List<String> hashes) throws SQLException {
    NamedSql.on(connection, FORGET).set("hashes", "text", hashes).update();
  }

  /**
   * Deletes those artifacts that nobody names; their rows are locked. Their objects become
   * leftovers.
   */
  static List<String> removeUnused(Connection connection, List<String> hashes) throws SQLException {
    return NamedSql.on(connection, REMOVE)
        .set("hashes", "text", hashes)
        .list(row -> row.getString(1));
  }
}
