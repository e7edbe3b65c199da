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
import java.time.Duration;
import java.util.Optional;

/**
 * Makes a stored object an artifact. If the same bytes are an artifact already, the new object
 * becomes a leftover. Either way the artifact is kept for its unused TTL from now.
 */
public final class KeepArtifacts
    implements SingleCommand<KeepArtifacts.Keep, Optional<StoredArtifact>> {
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
      SET expire_time = greatest(expire_time, clock_timestamp() + :ttl * interval '1 ms')
      WHERE sha256 = :sha256
      RETURNING\s"""
          + StoredArtifact.COLUMNS;
  private static final String INSERT =
      """
      WITH taken AS (
        DELETE FROM artifact_leftover WHERE object_key = :object_key AND NOT removing
        RETURNING object_key)
      INSERT INTO artifact (sha256, size_bytes, content_type, object_key, create_principal,
          create_time, expire_time)
      SELECT :sha256, :size_bytes, :content_type, object_key, :principal, clock_timestamp(),
          clock_timestamp() + :ttl * interval '1 ms'
      FROM taken
      RETURNING\s"""
          + StoredArtifact.COLUMNS;
  private static final String LEAVE =
      "UPDATE artifact_leftover SET due = clock_timestamp() WHERE object_key = :object_key";

  @Override
  public CommandOrder order() {
    return CommandOrder.KEEP_ARTIFACTS;
  }

  @Override
  public Outcome<Optional<StoredArtifact>> executeOne(Batch batch, Keep keep) throws SQLException {
    Connection connection = batch.connection();
    Optional<StoredArtifact> there =
        NamedSql.on(connection, TOUCH)
            .set("ttl", keep.ttl().toMillis())
            .set("sha256", keep.reference().sha256())
            .first(StoredArtifact::read);
    if (keep.objectKey().isEmpty()) {
      return Outcome.done(there);
    }
    if (there.isPresent()) {
      NamedSql.on(connection, LEAVE).set("object_key", keep.objectKey().get()).update();
      return Outcome.done(there);
    }
    Optional<StoredArtifact> inserted = insert(connection, keep);
    return inserted.isPresent() ? Outcome.done(inserted) : Outcome.refused(tooLate());
  }

  private static Optional<StoredArtifact> insert(Connection connection, Keep keep)
      throws SQLException {
    return NamedSql.on(connection, INSERT)
        .set("object_key", keep.objectKey().orElseThrow())
        .set("sha256", keep.reference().sha256())
        .set("size_bytes", keep.reference().sizeBytes())
        .set("content_type", keep.reference().contentType())
        .set("principal", keep.principal())
        .set("ttl", keep.ttl().toMillis())
        .first(StoredArtifact::read);
  }

  private static Refusal tooLate() {
    return Refusal.unavailable(
        RefusalReason.STORAGE_UNAVAILABLE,
        "storing took so long that the clean-up has removed the object: upload it again");
  }
}
