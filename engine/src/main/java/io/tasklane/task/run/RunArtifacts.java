package io.tasklane.task.run;

import io.tasklane.artifact.ArtifactReference;
import java.io.IOException;
import java.io.InputStream;

/** How runs open and keep artifacts. */
public interface RunArtifacts {
  /** As {@link io.tasklane.task.Run#open}. */
  InputStream open(ArtifactReference artifact);

  /**
   * As {@link io.tasklane.task.Run#keep}.
   *
   * @param task name of the task that keeps them
   */
  ArtifactReference keep(String contentType, InputStream bytes, String task) throws IOException;
}
