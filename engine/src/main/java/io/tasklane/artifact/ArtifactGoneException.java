package io.tasklane.artifact;

/**
 * A task names an artifact that does not exist, or has expired; nothing of its command is written.
 */
public final class ArtifactGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The artifact that does not exist. */
  public ArtifactGoneException(ArtifactReference named) {
    super(
        named.name()
            + " of "
            + named.sizeBytes()
            + " bytes does not exist, or has expired: upload it first");
  }
}
