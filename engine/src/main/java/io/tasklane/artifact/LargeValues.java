package io.tasklane.artifact;

import java.io.IOException;

/** Reads values that are stored as artifacts, where an expression or an input needs them whole. */
@FunctionalInterface
public interface LargeValues {
  /** What a node without a storage of artifacts uses: no large value can be read. */
  LargeValues NONE =
      artifact -> {
        throw new IOException("there is no storage of artifacts");
      };

  /**
   * The bytes of an artifact.
   *
   * @throws io.tasklane.api.Refusal NOT_FOUND: ARTIFACT_NOT_FOUND
   * @throws IOException if the storage does not return it
   */
  byte[] read(ArtifactReference artifact) throws IOException;
}
