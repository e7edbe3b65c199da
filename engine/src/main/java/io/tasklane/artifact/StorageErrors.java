package io.tasklane.artifact;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import java.io.IOException;

/** Reports failures of the artifact storage to callers. */
public final class StorageErrors {
  private StorageErrors() {}

  /** The refusal for a failure of the storage. */
  public static Refusal refusal(IOException fault) {
    if (fault instanceof CorruptArtifactException) {
      return Refusal.of(
          Refusal.Sort.DATA_LOSS, RefusalReason.ARTIFACT_CORRUPT, "", fault.getMessage());
    }
    return Refusal.unavailable(
        RefusalReason.STORAGE_UNAVAILABLE,
        "the storage of artifacts does not work: " + fault.getMessage() + "; try again");
  }
}
