package io.tasklane.artifact;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Deletes artifacts by their hashes, unless a task names them. Returns the key of the object, which
 * is a leftover from then on.
 */
public final class DeleteArtifacts implements SingleCommand<String, String> {
  private static final String LOCK =
      "SELECT sha256 FROM artifact WHERE sha256 = :sha256 FOR UPDATE SKIP LOCKED";
  private static final String USER =
      """
      SELECT k.name FROM artifact_use u JOIN task k ON k.id = u.task
      WHERE u.artifact = :sha256
      UNION ALL
      SELECT k.name FROM step_artifact_use u JOIN task k ON k.id = u.task
      WHERE u.artifact = :sha256 LIMIT 1""";

  @Override
  public CommandOrder order() {
    return CommandOrder.DELETE_ARTIFACTS;
  }

  @Override
  public Outcome<String> executeOne(Batch batch, String sha256) throws SQLException {
    Connection connection = batch.connection();
    if (first(connection, LOCK, sha256).isEmpty()) {
      // somebody is naming it right now, or it does not exist
      return new ArtifactReader(connection).find(sha256).isPresent()
          ? Outcome.again()
          : Outcome.refused(notFound(sha256));
    }
    ArtifactUses.forgetEnded(connection, List.of(sha256));
    Optional<String> user = first(connection, USER, sha256);
    if (user.isPresent()) {
      return Outcome.refused(inUse(sha256, user.get()));
    }
    return Outcome.done(ArtifactUses.removeUnused(connection, List.of(sha256)).get(0));
  }

  private static Optional<String> first(Connection connection, String sql, String sha256)
      throws SQLException {
    return NamedSql.on(connection, sql).set("sha256", sha256).first(row -> row.getString(1));
  }

  /** The refusal for an artifact that does not exist. */
  public static Refusal notFound(String sha256) {
    return Refusal.notFound(
        RefusalReason.ARTIFACT_NOT_FOUND, "artifacts/" + sha256, "does not exist, or has expired");
  }

  private static Refusal inUse(String sha256, String task) {
    return Refusal.precondition(
        RefusalReason.ARTIFACT_IN_USE,
        "artifacts/" + sha256,
        "is named by tasks/" + task + " and goes with the last such task");
  }
}
