package io.tasklane.artifact;

import io.tasklane.app.Refusal;
import java.io.IOException;

/** What callers are told about faults of the storage. */
final class StorageFaults {
  private StorageFaults() {}

  static Refusal told(IOException fault) {
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
