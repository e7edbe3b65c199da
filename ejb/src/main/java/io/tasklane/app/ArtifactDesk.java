package io.tasklane.app;

import io.tasklane.artifact.Artifact;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.artifact.ArtifactShelf;
import io.tasklane.engine.EngineRoom;
import io.tasklane.engine.RunningEngine;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;

/** Where large bodies are handed in and out. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ArtifactDesk {
  private final Supplier<ArtifactShelf> shelf;

  /** For the container's proxies. */
  public ArtifactDesk() {
    this.shelf = null;
  }

  /** The desk of the running engine. */
  @Inject
  public ArtifactDesk(EngineRoom room) {
    RunningEngine engine = new RunningEngine(room);
    this.shelf = () -> engine.get().artifacts();
  }

  /** The desk of this shelf. */
  public ArtifactDesk(ArtifactShelf shelf) {
    this.shelf = () -> shelf;
  }

  /**
   * Begins an upload.
   *
   * @param contentType MIME type of the bytes
   * @param announced which bytes will come, where the caller says so
   * @throws Refusal INVALID_ARGUMENT: ARTIFACT_TOO_LARGE; UNAVAILABLE: UPLOADS_BUSY,
   *     STORAGE_UNAVAILABLE
   */
  public ArtifactUpload upload(
      String contentType, Optional<ArtifactReference> announced, Caller caller) {
    return shelf.get().upload(contentType, announced, caller.principal());
  }

  /**
   * The artifact with this hash.
   *
   * @throws Refusal NOT_FOUND: ARTIFACT_NOT_FOUND
   */
  public Artifact get(String sha256) {
    return shelf.get().get(sha256);
  }

  /**
   * Opens an artifact.
   *
   * @param offset of the first byte, 0 to its size; from 0 the hash is checked while it is read
   * @throws Refusal NOT_FOUND: ARTIFACT_NOT_FOUND; OUT_OF_RANGE: OFFSET_OUT_OF_RANGE; DATA_LOSS:
   *     ARTIFACT_CORRUPT; UNAVAILABLE: STORAGE_UNAVAILABLE
   */
  public ArtifactBytes open(String sha256, long offset) {
    return shelf.get().open(sha256, offset);
  }

  /**
   * Deletes an artifact that no task names.
   *
   * @throws Refusal NOT_FOUND: ARTIFACT_NOT_FOUND; FAILED_PRECONDITION: ARTIFACT_IN_USE
   */
  public Answer<String> delete(String sha256, Change<String> change) {
    return shelf.get().delete(sha256, change);
  }
}
