package io.tasklane.system;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.Artifact;
import io.tasklane.v1.ArtifactServiceGrpc;
import io.tasklane.v1.UploadArtifactRequest;
import io.tasklane.v1.UploadArtifactResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An UploadArtifact under way. */
final class Upload implements StreamObserver<UploadArtifactResponse> {
  private final CompletableFuture<Artifact> answer = new CompletableFuture<>();
  private final StreamObserver<UploadArtifactRequest> out;

  Upload(Client client) {
    out = ArtifactServiceGrpc.newStub(client.channel()).uploadArtifact(this);
  }

  /** A whole one. */
  static Artifact of(Client client, Artifact.Builder about, ByteString bytes) {
    return new Upload(client).send(about).send(bytes).end();
  }

  Upload send(Artifact.Builder about) {
    out.onNext(UploadArtifactRequest.newBuilder().setArtifact(about).build());
    return this;
  }

  Upload send(ByteString chunk) {
    out.onNext(UploadArtifactRequest.newBuilder().setChunk(chunk).build());
    return this;
  }

  /** Half-closes and waits for the answer. */
  Artifact end() {
    out.onCompleted();
    return answer();
  }

  Artifact answer() {
    try {
      return answer.orTimeout(90, TimeUnit.SECONDS).join();
    } catch (java.util.concurrent.CompletionException failed) {
      throw (RuntimeException) failed.getCause();
    }
  }

  @Override
  public void onNext(UploadArtifactResponse response) {
    answer.complete(response.getArtifact());
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {}
}
