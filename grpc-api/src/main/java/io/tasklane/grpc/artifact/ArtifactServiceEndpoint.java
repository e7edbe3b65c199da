package io.tasklane.grpc.artifact;

import io.grpc.stub.StreamObserver;
import io.tasklane.api.Caller;
import io.tasklane.artifact.ArtifactService;
import io.tasklane.grpc.call.CallInfo;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.MessageSource;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.v1.ArtifactServiceGrpc;
import io.tasklane.v1.DeleteArtifactRequest;
import io.tasklane.v1.DeleteArtifactResponse;
import io.tasklane.v1.DownloadArtifactRequest;
import io.tasklane.v1.DownloadArtifactResponse;
import io.tasklane.v1.GetArtifactRequest;
import io.tasklane.v1.GetArtifactResponse;
import io.tasklane.v1.UploadArtifactRequest;
import io.tasklane.v1.UploadArtifactResponse;

/** Serves ArtifactService. */
public final class ArtifactServiceEndpoint extends ArtifactServiceGrpc.ArtifactServiceImplBase {
  private final Calls calls;
  private final ArtifactService artifacts;
  private final Alarm alarm;

  /**
   * Creates the endpoint.
   *
   * @param calls how calls are served
   * @param artifacts stores and reads artifacts
   * @param alarm calls back after a delay
   */
  public ArtifactServiceEndpoint(Calls calls, ArtifactService artifacts, Alarm alarm) {
    this.calls = calls;
    this.artifacts = artifacts;
    this.alarm = alarm;
  }

  @Override
  public StreamObserver<UploadArtifactRequest> uploadArtifact(
      StreamObserver<UploadArtifactResponse> out) {
    Caller caller = CallInfo.current().caller();
    return calls.collect(out, alarm, () -> new UploadConsumer(artifacts, caller));
  }

  @Override
  public void downloadArtifact(
      DownloadArtifactRequest request, StreamObserver<DownloadArtifactResponse> out) {
    calls.stream(request, out, this::download);
  }

  @Override
  public void getArtifact(GetArtifactRequest request, StreamObserver<GetArtifactResponse> out) {
    calls.answer(request, out, this::get);
  }

  @Override
  public void deleteArtifact(
      DeleteArtifactRequest request, StreamObserver<DeleteArtifactResponse> out) {
    calls.answer(request, out, this::delete);
  }

  private MessageSource<DownloadArtifactResponse> download(DownloadArtifactRequest request) {
    return new ArtifactDownload(artifacts, id(request.getName()), request.getOffset());
  }

  private GetArtifactResponse get(GetArtifactRequest request) {
    return GetArtifactResponse.newBuilder()
        .setArtifact(ArtifactMapping.toWire(artifacts.get(id(request.getName()))))
        .build();
  }

  private DeleteArtifactResponse delete(DeleteArtifactRequest request) {
    Replay<String, DeleteArtifactResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            deleted -> DeleteArtifactResponse.getDefaultInstance(),
            DeleteArtifactResponse.parser());
    return replay.response(artifacts.delete(id(request.getName()), replay.change()));
  }

  private static String id(String name) {
    return WireName.ARTIFACT.id(name, "name");
  }
}
