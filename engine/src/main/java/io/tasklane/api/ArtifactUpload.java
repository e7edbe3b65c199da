package io.tasklane.api;

import io.tasklane.artifact.Artifact;
import java.nio.ByteBuffer;

/** Bytes of an upload. Used by one thread at a time; always to be closed, finished or not. */
public interface ArtifactUpload extends AutoCloseable {
  /**
   * Accepts more bytes.
   *
   * @throws Refusal INVALID_ARGUMENT: ARTIFACT_TOO_LARGE; UNAVAILABLE: STORAGE_UNAVAILABLE
   */
  void write(ByteBuffer bytes);

  /**
   * Ends the upload and stores the bytes durably. The same bytes as before are the same artifact.
   *
   * @throws Refusal INVALID_ARGUMENT: ARTIFACT_HASH_MISMATCH if they are not the bytes that the
   *     caller had announced; UNAVAILABLE: STORAGE_UNAVAILABLE, DATABASE_UNAVAILABLE
   */
  Artifact finish();

  /** Discards the bytes, unless the upload is finished. */
  @Override
  void close();
}
