package io.tasklane.artifact;

import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Reads artifacts.
 *
 * @param connection to read on
 */
public record ArtifactReader(Connection connection) {
  private static final String FIND =
      "SELECT " + StoredArtifact.COLUMNS + " FROM artifact WHERE sha256 = :sha256";

  /** The artifact with this hash. */
  public Optional<StoredArtifact> find(String sha256) throws SQLException {
    return NamedSql.on(connection, FIND).set("sha256", sha256).first(StoredArtifact::read);
  }
}
