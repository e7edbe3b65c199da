package io.tasklane.grpc.artifact;

import io.tasklane.artifact.Artifact;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.grpc.wire.WireTime;
import java.util.Optional;

/** An artifact as the wire shows it. */
final class ArtifactMapping {
  private static final String BYTES = "application/octet-stream";

  private ArtifactMapping() {}

  static io.tasklane.v1.Artifact toWire(Artifact artifact) {
    ArtifactReference reference = artifact.reference();
    return io.tasklane.v1.Artifact.newBuilder()
        .setName(reference.name())
        .setContentType(reference.contentType())
        .setReference(PayloadMapping.toWire(reference))
        .setCreateTime(WireTime.of(artifact.createTime()))
        .setExpireTime(WireTime.of(artifact.expireTime()))
        .build();
  }

  /** The content type that the bytes will come with. */
  static String contentType(io.tasklane.v1.Artifact artifact) {
    return artifact.getContentType().isBlank() ? BYTES : artifact.getContentType();
  }

  /** The bytes that the client announces, if it does. */
  static Optional<ArtifactReference> announced(io.tasklane.v1.Artifact artifact) {
    return artifact.hasReference()
        ? Optional.of(PayloadMapping.fromWire(artifact.getReference(), contentType(artifact)))
        : Optional.empty();
  }
}
