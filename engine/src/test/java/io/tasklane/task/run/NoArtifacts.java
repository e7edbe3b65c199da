package io.tasklane.task.run;

import io.tasklane.artifact.ArtifactReference;
import java.io.InputStream;

/** For runs that need no artifacts. */
final class NoArtifacts implements RunArtifacts {
  @Override
  public InputStream open(ArtifactReference artifact) {
    throw new AssertionError("this run opens no artifacts");
  }

  @Override
  public ArtifactReference keep(String contentType, InputStream bytes, String task) {
    throw new AssertionError("this run keeps no artifacts");
  }
}
