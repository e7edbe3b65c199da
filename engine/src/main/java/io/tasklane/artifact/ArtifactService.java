package io.tasklane.artifact;

import io.tasklane.api.Answer;
import io.tasklane.api.ArtifactBytes;
import io.tasklane.api.ArtifactUpload;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import java.util.Optional;

/** Stores and returns large payloads. */
public class ArtifactService {
  private final ArtifactStore store;

  /** For subclasses, such as test doubles of the edges. */
  protected ArtifactService() {
    this.store = null;
  }

  /** The service over this store. */
  public ArtifactService(ArtifactStore store) {
    this.store = store;
  }

  /**
   * Begins an upload.
   *
   * @param contentType MIME type of the bytes
   * @param announced which bytes will come, where the caller announces them
   * @throws Refusal INVALID_ARGUMENT: ARTIFACT_TOO_LARGE; UNAVAILABLE: UPLOADS_BUSY,
   *     STORAGE_UNAVAILABLE
   */
  public ArtifactUpload upload(
      String contentType, Optional<ArtifactReference> announced, Caller caller) {
    return store.upload(contentType, announced, caller.principal());
  }

  /**
   * The artifact with this hash.
   *
   * @throws Refusal NOT_FOUND: ARTIFACT_NOT_FOUND
   */
  public Artifact get(String sha256) {
    return store.get(sha256);
  }

  /**
   * Opens an artifact.
   *
   * @param offset of the first byte, 0 to its size; from 0 the hash is checked while it is read
   * @throws Refusal NOT_FOUND: ARTIFACT_NOT_FOUND; OUT_OF_RANGE: OFFSET_OUT_OF_RANGE; DATA_LOSS:
   *     ARTIFACT_CORRUPT; UNAVAILABLE: STORAGE_UNAVAILABLE
   */
  public ArtifactBytes open(String sha256, long offset) {
    return store.open(sha256, offset);
  }

  /**
   * Deletes an artifact that no task names.
   *
   * @throws Refusal NOT_FOUND: ARTIFACT_NOT_FOUND; FAILED_PRECONDITION: ARTIFACT_IN_USE
   */
  public Answer<String> delete(String sha256, Change<String> change) {
    return store.delete(sha256, change);
  }
}
