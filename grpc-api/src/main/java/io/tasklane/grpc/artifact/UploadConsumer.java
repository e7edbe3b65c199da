package io.tasklane.grpc.artifact;

import io.tasklane.api.ArtifactUpload;
import io.tasklane.api.Caller;
import io.tasklane.artifact.ArtifactService;
import io.tasklane.grpc.call.RequestConsumer;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.v1.Artifact;
import io.tasklane.v1.UploadArtifactRequest;
import io.tasklane.v1.UploadArtifactResponse;

/** An upload: the metadata first, then the bytes. */
final class UploadConsumer
    implements RequestConsumer<UploadArtifactRequest, UploadArtifactResponse> {
  private final ArtifactService artifacts;
  private final Caller caller;
  private ArtifactUpload upload;

  UploadConsumer(ArtifactService artifacts, Caller caller) {
    this.artifacts = artifacts;
    this.caller = caller;
  }

  @Override
  public void take(UploadArtifactRequest request) {
    if (request.hasArtifact() != (upload == null)) {
      throw misplaced(request.hasArtifact());
    }
    if (upload == null) {
      Artifact artifact = request.getArtifact();
      upload =
          artifacts.upload(
              ArtifactMapping.contentType(artifact), ArtifactMapping.announced(artifact), caller);
    } else {
      upload.write(request.getChunk().asReadOnlyByteBuffer());
    }
  }

  @Override
  public UploadArtifactResponse finish() {
    if (upload == null) {
      throw misplaced(false);
    }
    return UploadArtifactResponse.newBuilder()
        .setArtifact(ArtifactMapping.toWire(upload.finish()))
        .build();
  }

  @Override
  public void close() {
    if (upload != null) {
      upload.close();
    }
  }

  private static InvalidRequest misplaced(boolean metadata) {
    return metadata
        ? InvalidRequest.field(
            Reason.INVALID_FIELD, "artifact", "the metadata are sent once, in the first message")
        : InvalidRequest.field(
            Reason.INVALID_FIELD, "artifact", "is missing: the first message has the metadata");
  }
}
