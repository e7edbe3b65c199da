package io.tasklane.cli;

import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.CreateResourceRequest;
import io.tasklane.v1.CreateResourceResponse;
import io.tasklane.v1.DeleteResourceRequest;
import io.tasklane.v1.DeleteResourceResponse;
import io.tasklane.v1.GetResourceRequest;
import io.tasklane.v1.GetResourceResponse;
import io.tasklane.v1.ListResourcesRequest;
import io.tasklane.v1.ListResourcesResponse;
import io.tasklane.v1.Resource;
import io.tasklane.v1.ResourceServiceGrpc;
import io.tasklane.v1.UpdateResourceRequest;
import io.tasklane.v1.UpdateResourceResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A resource service that remembers what it was asked. */
public final class FakeResources extends ResourceServiceGrpc.ResourceServiceImplBase {
  private static final Resource AI =
      Resource.newBuilder()
          .setName("resources/ai-turns")
          .setCapacity(3)
          .setHeldUnits(1)
          .setFreeUnits(2)
          .build();

  /** All requests, in their order. */
  public final List<Message> asked = new CopyOnWriteArrayList<>();

  private <M> void answer(Message request, StreamObserver<M> out, M answer) {
    asked.add(request);
    out.onNext(answer);
    out.onCompleted();
  }

  @Override
  public void createResource(
      CreateResourceRequest request, StreamObserver<CreateResourceResponse> out) {
    answer(request, out, CreateResourceResponse.newBuilder().setResource(AI).build());
  }

  @Override
  public void getResource(GetResourceRequest request, StreamObserver<GetResourceResponse> out) {
    answer(request, out, GetResourceResponse.newBuilder().setResource(AI).build());
  }

  @Override
  public void listResources(
      ListResourcesRequest request, StreamObserver<ListResourcesResponse> out) {
    answer(request, out, ListResourcesResponse.newBuilder().addResources(AI).build());
  }

  @Override
  public void updateResource(
      UpdateResourceRequest request, StreamObserver<UpdateResourceResponse> out) {
    answer(request, out, UpdateResourceResponse.newBuilder().setResource(AI).build());
  }

  @Override
  public void deleteResource(
      DeleteResourceRequest request, StreamObserver<DeleteResourceResponse> out) {
    answer(request, out, DeleteResourceResponse.getDefaultInstance());
  }
}
