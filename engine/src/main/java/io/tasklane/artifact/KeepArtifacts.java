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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a stored object an artifact. If the same bytes are an artifact already, the new object
 * becomes a leftover. Either way the artifact is kept for its unused TTL from now.
 */
public final class KeepArtifacts
    implements CommandKind<KeepArtifacts.Keep, Optional<StoredArtifact>> {
  /**
   * A request to keep an artifact.
   *
   * @param reference which bytes
   * @param objectKey where they were stored just now; empty asks whether they are kept already
   * @param principal who uploaded them
   * @param ttl how long to keep it if no task names it
   */
  public record Keep(
      ArtifactReference reference, Optional<String> objectKey, String principal, Duration ttl) {}

  private static final String TOUCH =
      """
      UPDATE artifact
      SET expire_time = greatest(expire_time, clock_timestamp() + ? * interval '1 ms')
      WHERE sha256 = ?
      RETURNING\s"""
          + StoredArtifact.COLUMNS;
  private static final String INSERT =
      """
      WITH taken AS (
        DELETE FROM artifact_leftover WHERE object_key = ? AND NOT removing RETURNING object_key)
      INSERT INTO artifact (sha256, size_bytes, content_type, object_key, create_principal,
          create_time, expire_time)
      SELECT ?, ?, ?, object_key, ?, clock_timestamp(), clock_timestamp() + ? * interval '1 ms'
      FROM taken
      RETURNING\s"""
          + StoredArtifact.COLUMNS;
  private static final String LEAVE =
      "UPDATE artifact_leftover SET due = clock_timestamp() WHERE object_key = ?";

  @Override
  public CommandOrder order() {
    return CommandOrder.KEEP_ARTIFACTS;
  }

  @Override
  public List<Outcome<Optional<StoredArtifact>>> execute(Batch batch, List<Keep> commands)
      throws SQLException {
    List<Outcome<Optional<StoredArtifact>>> outcomes = new ArrayList<>();
    for (Keep keep : commands) {
      outcomes.add(keep(batch.connection(), keep));
    }
    return outcomes;
  }

  private static Outcome<Optional<StoredArtifact>> keep(Connection connection, Keep keep)
      throws SQLException {
    Optional<StoredArtifact> there = touch(connection, keep);
    if (there.isPresent() || keep.objectKey().isEmpty()) {
      leave(connection, keep);
      return Outcome.done(there);
    }
    Optional<StoredArtifact> inserted = insert(connection, keep);
    return inserted.isPresent() ? Outcome.done(inserted) : Outcome.refused(tooLate());
  }

  private static Optional<StoredArtifact> touch(Connection connection, Keep keep)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TOUCH)) {
      statement.setLong(1, keep.ttl().toMillis());
      statement.setString(2, keep.reference().sha256());
      return one(statement);
    }
  }

  private static Optional<StoredArtifact> insert(Connection connection, Keep keep)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, keep.objectKey().orElseThrow());
      statement.setString(2, keep.reference().sha256());
      statement.setLong(3, keep.reference().sizeBytes());
      statement.setString(4, keep.reference().contentType());
      statement.setString(5, keep.principal());
      statement.setLong(6, keep.ttl().toMillis());
      return one(statement);
    }
  }

  private static void leave(Connection connection, Keep keep) throws SQLException {
    if (keep.objectKey().isPresent()) {
      try (PreparedStatement statement = connection.prepareStatement(LEAVE)) {
        statement.setString(1, keep.objectKey().get());
        statement.executeUpdate();
      }
    }
  }

  private static Optional<StoredArtifact> one(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(StoredArtifact.read(row)) : Optional.empty();
    }
  }

  private static Refusal tooLate() {
    return Refusal.of(
        Refusal.Sort.UNAVAILABLE,
        "STORAGE_UNAVAILABLE",
        "",
        "storing took so long that the clean-up has removed the object: upload it again");
  }
}
