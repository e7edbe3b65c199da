package io.tasklane.artifact;

import io.tasklane.database.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A row of {@code artifact}.
 *
 * @param artifact its public part
 * @param objectKey its key in the storage
 */
public record StoredArtifact(Artifact artifact, String objectKey) {
  static final String COLUMNS =
      "sha256, size_bytes, content_type, object_key, create_time, expire_time";

  static StoredArtifact read(ResultSet row) throws SQLException {
    return new StoredArtifact(
        new Artifact(
            new ArtifactReference(
                row.getString("sha256"), row.getLong("size_bytes"), row.getString("content_type")),
            Rows.instant(row, "create_time").orElseThrow(),
            Rows.instant(row, "expire_time").orElseThrow()),
        row.getString("object_key"));
  }
}
