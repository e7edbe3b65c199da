package io.tasklane.artifact;

import io.tasklane.api.Refusal;
import java.io.IOException;

/** How failures of the artifact storage are reported to callers. */
public final class StorageErrors {
  private StorageErrors() {}

  /** The refusal that tells a caller of a failure of the storage. */
  public static Refusal told(IOException fault) {
    if (fault instanceof CorruptArtifactException) {
      return Refusal.of(Refusal.Sort.DATA_LOSS, "ARTIFACT_CORRUPT", "", fault.getMessage());
    }
    return Refusal.of(
        Refusal.Sort.UNAVAILABLE,
        "STORAGE_UNAVAILABLE",
        "",
        "the storage of artifacts does not work: " + fault.getMessage() + "; try again");
  }
}
