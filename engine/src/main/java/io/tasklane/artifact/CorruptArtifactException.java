package io.tasklane.artifact;

import java.io.IOException;

/** The bytes of an artifact are not those that were stored. */
public final class CorruptArtifactException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the artifact, and says what is wrong. */
  public CorruptArtifactException(ArtifactReference artifact, String fault) {
    super(artifact.name() + " is damaged: " + fault + "; restore the storage from its backup");
  }
}
