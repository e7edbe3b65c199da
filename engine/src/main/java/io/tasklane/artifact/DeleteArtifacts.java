package io.tasklane.artifact;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes artifacts by their hashes, unless a task names them. Returns the key of the object, which
 * is a leftover from then on.
 */
public final class DeleteArtifacts implements CommandKind<String, String> {
  private static final String LOCK =
      "SELECT sha256 FROM artifact WHERE sha256 = ? FOR UPDATE SKIP LOCKED";
  private static final String USER =
      """
      SELECT k.name FROM artifact_use u JOIN task k ON k.id = u.task
      WHERE u.artifact = ? LIMIT 1""";

  @Override
  public CommandOrder order() {
    return CommandOrder.DELETE_ARTIFACTS;
  }

  @Override
  public List<Outcome<String>> execute(Batch batch, List<String> hashes) throws SQLException {
    List<Outcome<String>> outcomes = new ArrayList<>();
    for (String sha256 : hashes) {
      outcomes.add(delete(batch.connection(), sha256));
    }
    return outcomes;
  }

  private static Outcome<String> delete(Connection connection, String sha256) throws SQLException {
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
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, sha256);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  /** The refusal for an artifact that does not exist. */
  public static Refusal notFound(String sha256) {
    return Refusal.of(
        Refusal.Sort.NOT_FOUND,
        "ARTIFACT_NOT_FOUND",
        "artifacts/" + sha256,
        "artifacts/" + sha256 + " does not exist, or has expired");
  }

  private static Refusal inUse(String sha256, String task) {
    return Refusal.of(
        Refusal.Sort.FAILED_PRECONDITION,
        "ARTIFACT_IN_USE",
        "artifacts/" + sha256,
        "artifacts/" + sha256 + " is named by tasks/" + task + " and goes with the last such task");
  }
}
