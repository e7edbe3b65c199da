package io.tasklane.system;

import static io.tasklane.system.Refusals.refused;

import com.google.protobuf.ByteString;
import io.tasklane.v1.Artifact;
import io.tasklane.v1.DeleteArtifactRequest;
import io.tasklane.v1.DownloadArtifactRequest;
import io.tasklane.v1.GetArtifactRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.PayloadReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each refusal of the calls about artifacts. */
@ExtendWith(SharedServer.class)
class ArtifactPromisesIT {
  private static final String BAD = "INVALID_ARGUMENT INVALID_FIELD";
  private static final String NONE = "NOT_FOUND ARTIFACT_NOT_FOUND";
  private static final String NOTHING = "artifacts/" + "0123456789abcdef".repeat(4);

  private static Artifact upload(Client client, String text) {
    return Upload.of(client, Artifact.newBuilder(), ByteString.copyFromUtf8(text));
  }

  @Test
  void of_an_upload(Client client) {
    refused(BAD, () -> new Upload(client).send(ByteString.copyFromUtf8("x")).answer());
    String hash = "0123456789abcdef".repeat(4);
    Artifact.Builder announced =
        Artifact.newBuilder()
            .setReference(
                PayloadReference.newBuilder()
                    .setUri("artifacts/" + hash)
                    .setSha256(hash)
                    .setSizeBytes(1));
    refused(
        "INVALID_ARGUMENT ARTIFACT_HASH_MISMATCH",
        () -> Upload.of(client, announced, ByteString.copyFromUtf8("x")));
  }

  @Test
  void of_looking_at_one(Client client) {
    Artifact artifact = upload(client, "abc " + UUID.randomUUID());
    for (String[] wrong : new String[][] {{"x", BAD}, {NOTHING, NONE}}) {
      var get = GetArtifactRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.artifacts().getArtifact(get));
      var download = DownloadArtifactRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.artifacts().downloadArtifact(download).next());
    }
    var behind =
        DownloadArtifactRequest.newBuilder().setName(artifact.getName()).setOffset(1000).build();
    refused(
        "OUT_OF_RANGE OFFSET_OUT_OF_RANGE",
        () -> client.artifacts().downloadArtifact(behind).next());
  }

  @Test
  void of_one_that_was_damaged_on_the_disk(Client client, RunningServer server) throws Exception {
    Artifact artifact = upload(client, "sound " + UUID.randomUUID());
    String hash = artifact.getReference().getSha256();
    List<Path> found;
    try (Stream<Path> files = Files.walk(server.data())) {
      found = files.filter(file -> file.getFileName().toString().contains(hash)).toList();
    }
    byte[] bytes = Files.readAllBytes(found.get(0));
    bytes[0] ^= 1;
    Files.write(found.get(0), bytes);
    var download = DownloadArtifactRequest.newBuilder().setName(artifact.getName()).build();
    refused(
        "DATA_LOSS ARTIFACT_CORRUPT",
        () -> client.artifacts().downloadArtifact(download).forEachRemaining(part -> {}));
    client
        .artifacts()
        .deleteArtifact(DeleteArtifactRequest.newBuilder().setName(artifact.getName()).build());
  }

  @Test
  void of_a_deletion(Client client) {
    for (String[] wrong : new String[][] {{"x", BAD}, {NOTHING, NONE}}) {
      var delete = DeleteArtifactRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.artifacts().deleteArtifact(delete));
    }
    Artifact used = upload(client, "used " + UUID.randomUUID());
    Payload input = Payload.newBuilder().setReference(used.getReference()).build();
    client.end(client.create(Client.task(Client.DATA, "system.echo", "{}").setInput(input)));
    var inUse = DeleteArtifactRequest.newBuilder().setName(used.getName()).build();
    refused("FAILED_PRECONDITION ARTIFACT_IN_USE", () -> client.artifacts().deleteArtifact(inUse));
    Artifact unused = upload(client, "unused " + UUID.randomUUID());
    var once =
        DeleteArtifactRequest.newBuilder()
            .setName(unused.getName())
            .setRequestId(UUID.randomUUID().toString())
            .build();
    client.artifacts().deleteArtifact(once);
    var other = once.toBuilder().setName(NOTHING).build();
    refused("INVALID_ARGUMENT REQUEST_ID_REUSED", () -> client.artifacts().deleteArtifact(other));
  }
}
