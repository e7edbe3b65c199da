package io.tasklane.artifact;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Reads artifacts.
 *
 * @param connection to read on
 */
public record ArtifactReader(Connection connection) {
  private static final String FIND =
      "SELECT " + StoredArtifact.COLUMNS + " FROM artifact WHERE sha256 = ?";

  /** The artifact with this hash. */
  public Optional<StoredArtifact> find(String sha256) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, sha256);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(StoredArtifact.read(row)) : Optional.empty();
      }
    }
  }
}
