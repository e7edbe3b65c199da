package io.tasklane.task.run;

import io.tasklane.api.ArtifactUpload;
import io.tasklane.api.Refusal;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.artifact.ArtifactStore;
import io.tasklane.artifact.StorageErrors;
import io.tasklane.task.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The artifact store as handlers see it: a refusal fails the attempt.
 *
 * @param store where artifacts are
 */
public record StoredRunArtifacts(ArtifactStore store) implements RunArtifacts {
  private static final int PIECE = 256 * 1024;

  @Override
  public InputStream open(ArtifactReference artifact) {
    return failing(
        () -> {
          try {
            return store.open(artifact);
          } catch (IOException failed) {
            throw StorageErrors.refusal(failed);
          }
        });
  }

  @Override
  public ArtifactReference keep(String contentType, InputStream bytes, String task)
      throws IOException {
    try (ArtifactUpload upload = failing(() -> store.upload(contentType, Optional.empty(), task))) {
      for (byte[] piece = bytes.readNBytes(PIECE);
          piece.length > 0;
          piece = bytes.readNBytes(PIECE)) {
        ByteBuffer next = ByteBuffer.wrap(piece);
        failing(
            () -> {
              upload.write(next);
              return next;
            });
      }
      return failing(upload::finish).reference();
    }
  }

  private static <T> T failing(Supplier<T> work) {
    try {
      return work.get();
    } catch (Refusal refusal) {
      throw switch (refusal.sort()) {
        case UNAVAILABLE ->
            FailureException.retryable(refusal.reason().name(), refusal.getMessage(), refusal);
        case NOT_FOUND ->
            FailureException.permanent("ARTIFACT_UNKNOWN", refusal.getMessage(), refusal);
        default ->
            FailureException.permanent(refusal.reason().name(), refusal.getMessage(), refusal);
      };
    }
  }
}
