package io.tasklane.api;

import io.tasklane.artifact.Artifact;
import java.nio.ByteBuffer;

/** Bytes on their way in. Used by one thread at a time; closed in any case, finished or not. */
public interface ArtifactUpload extends AutoCloseable {
  /**
   * Takes more bytes.
   *
   * @throws Refusal INVALID_ARGUMENT: ARTIFACT_TOO_LARGE; UNAVAILABLE: STORAGE_UNAVAILABLE
   */
  void write(ByteBuffer bytes);

  /**
   * There is no more: keeps what came, durably. The same bytes as before are the same artifact.
   *
   * @throws Refusal INVALID_ARGUMENT: ARTIFACT_HASH_MISMATCH where they are not the bytes that the
   *     caller had announced; UNAVAILABLE: STORAGE_UNAVAILABLE, DATABASE_UNAVAILABLE
   */
  Artifact finish();

  /** Forgets what came, unless it is finished. */
  @Override
  void close();
}
