package io.tasklane.grpc.artifact;

import com.google.protobuf.UnsafeByteOperations;
import io.tasklane.api.ArtifactBytes;
import io.tasklane.artifact.ArtifactService;
import io.tasklane.grpc.stream.MessageSource;
import io.tasklane.v1.DownloadArtifactResponse;
import java.util.Optional;

/** Sends the bytes of an artifact, one chunk after another. */
final class ArtifactDownload implements MessageSource<DownloadArtifactResponse> {
  private static final int CHUNK = 1024 * 1024;

  private final ArtifactService artifacts;
  private final String sha256;
  private final long offset;
  private ArtifactBytes bytes;
  private boolean done;

  ArtifactDownload(ArtifactService artifacts, String sha256, long offset) {
    this.artifacts = artifacts;
    this.sha256 = sha256;
    this.offset = offset;
  }

  @Override
  public void open(Runnable wake) {
    bytes = artifacts.open(sha256, offset);
  }

  @Override
  public Optional<DownloadArtifactResponse> next() {
    byte[] chunk = bytes.read(CHUNK);
    done = chunk.length == 0;
    return done
        ? Optional.empty()
        : Optional.of(
            DownloadArtifactResponse.newBuilder()
                // Nobody else has this array, so it need not be copied.
                .setChunk(UnsafeByteOperations.unsafeWrap(chunk))
                .build());
  }

  @Override
  public boolean isDone() {
    return done;
  }

  @Override
  public void close() {
    if (bytes != null) {
      bytes.close();
    }
  }
}
