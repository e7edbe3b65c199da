package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.tasklane.v1.Artifact;
import io.tasklane.v1.ArtifactServiceGrpc;
import io.tasklane.v1.DeleteArtifactRequest;
import io.tasklane.v1.Dependency;
import io.tasklane.v1.DownloadArtifactRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.PayloadReference;
import io.tasklane.v1.Task;
import io.tasklane.v1.WaitTaskRequest;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A body that is too large for a task travels by reference, into the task and out of it. */
@ExtendWith(SharedServer.class)
class ArtifactIT {
  private static final int CHUNK = 1024 * 1024;

  @Test
  void five_megabytes_go_through_a_task_by_reference(Client client) {
    byte[] bytes = new byte[5 * CHUNK + 17];
    new SplittableRandom(7).nextBytes(bytes);
    Artifact artifact = upload(client, ByteString.copyFrom(bytes));
    Payload input =
        Payload.newBuilder()
            .setContentType("application/octet-stream")
            .setReference(artifact.getReference())
            .build();

    Task created = create(client, input);
    Task ended =
        client
            .tasks()
            .waitTask(WaitTaskRequest.newBuilder().setName(created.getName()).build())
            .getTask();

    assertThat(ended.getState()).isEqualTo(Task.State.STATE_SUCCEEDED);
    assertThat(ended.getInput()).isEqualTo(input);
    assertThat(ended.getResult()).isEqualTo(input);
    assertThat(download(client, ended.getResult().getReference().getUri())).isEqualTo(bytes);
    StatusRuntimeException inUse =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                ArtifactServiceGrpc.newBlockingStub(client.channel())
                    .deleteArtifact(
                        DeleteArtifactRequest.newBuilder().setName(artifact.getName()).build()));
    assertThat(inUse.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(inUse).hasMessageContaining(created.getName());
  }

  @Test
  void an_artifact_is_handed_over_by_input_key_as_a_reference(Client client) {
    Artifact artifact = upload(client, ByteString.copyFromUtf8("handed over"));
    Payload input = Payload.newBuilder().setReference(artifact.getReference()).build();
    Task giver = create(client, input);
    Dependency need =
        Dependency.newBuilder()
            .setTask(giver.getName())
            .setPolicy(Dependency.Policy.POLICY_ON_SUCCESS)
            .setInputKey("data")
            .build();

    Task taker =
        client.end(
            client.create(
                Client.task(Client.AI, "system.echo", "{\"own\":1}").addDependencies(need)));

    JsonObject seen =
        JsonParser.parseString(taker.getResult().getInline().toStringUtf8()).getAsJsonObject();
    assertThat(seen.get("own").getAsInt()).isEqualTo(1);
    JsonObject reference = seen.getAsJsonObject("data").getAsJsonObject("reference");
    assertThat(reference.get("uri").getAsString()).isEqualTo(artifact.getName());
    assertThat(reference.get("sha256").getAsString())
        .isEqualTo(artifact.getReference().getSha256());
    assertThat(reference.get("size_bytes").getAsLong()).isEqualTo(11);
    assertThat(download(client, reference.get("uri").getAsString()))
        .asString()
        .isEqualTo("handed over");
  }

  @Test
  void a_task_that_names_what_was_never_uploaded_is_refused(Client client) {
    String hash = "0123456789abcdef".repeat(4);
    Payload input =
        Payload.newBuilder()
            .setReference(
                PayloadReference.newBuilder()
                    .setUri("artifacts/" + hash)
                    .setSha256(hash)
                    .setSizeBytes(1))
            .build();
    StatusRuntimeException unknown =
        catchThrowableOfType(StatusRuntimeException.class, () -> create(client, input));
    assertThat(unknown.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(unknown).hasMessageContaining("upload it first");
  }

  private static Task create(Client client, Payload input) {
    return client.create(Client.task(Client.DATA, "system.echo", "{}").setInput(input));
  }

  private static Artifact upload(Client client, ByteString bytes) {
    Upload upload = new Upload(client).send(Artifact.newBuilder());
    for (int from = 0; from < bytes.size(); from += CHUNK) {
      upload.send(bytes.substring(from, Math.min(from + CHUNK, bytes.size())));
    }
    return upload.end();
  }

  private static byte[] download(Client client, String name) {
    ByteString[] all = {ByteString.EMPTY};
    ArtifactServiceGrpc.newBlockingStub(client.channel())
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .downloadArtifact(DownloadArtifactRequest.newBuilder().setName(name).build())
        .forEachRemaining(part -> all[0] = all[0].concat(part.getChunk()));
    return all[0].toByteArray();
  }
}
