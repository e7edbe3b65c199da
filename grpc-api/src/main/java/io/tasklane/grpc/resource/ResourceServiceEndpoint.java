package io.tasklane.grpc.resource;

import io.grpc.stub.StreamObserver;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.resource.Resource;
import io.tasklane.resource.ResourceService;
import io.tasklane.v1.CreateResourceRequest;
import io.tasklane.v1.CreateResourceResponse;
import io.tasklane.v1.DeleteResourceRequest;
import io.tasklane.v1.DeleteResourceResponse;
import io.tasklane.v1.GetResourceRequest;
import io.tasklane.v1.GetResourceResponse;
import io.tasklane.v1.ListResourcesRequest;
import io.tasklane.v1.ListResourcesResponse;
import io.tasklane.v1.ResourceServiceGrpc;
import io.tasklane.v1.UpdateResourceRequest;
import io.tasklane.v1.UpdateResourceResponse;
import java.util.List;

/** Serves ResourceService. */
public final class ResourceServiceEndpoint extends ResourceServiceGrpc.ResourceServiceImplBase {
  private final Calls calls;
  private final ResourceService resources;
  private final ResourceChanges changes;

  /**
   * Creates the endpoint.
   *
   * @param calls how calls are served
   * @param resources reads and changes resources
   */
  public ResourceServiceEndpoint(Calls calls, ResourceService resources) {
    this.calls = calls;
    this.resources = resources;
    this.changes = new ResourceChanges(resources);
  }

  @Override
  public void getResource(GetResourceRequest request, StreamObserver<GetResourceResponse> out) {
    calls.answer(request, out, this::get);
  }

  @Override
  public void listResources(
      ListResourcesRequest request, StreamObserver<ListResourcesResponse> out) {
    calls.answer(request, out, this::list);
  }

  @Override
  public void createResource(
      CreateResourceRequest request, StreamObserver<CreateResourceResponse> out) {
    calls.answerLater(request, out, changes::create);
  }

  @Override
  public void updateResource(
      UpdateResourceRequest request, StreamObserver<UpdateResourceResponse> out) {
    calls.answerLater(request, out, changes::update);
  }

  @Override
  public void deleteResource(
      DeleteResourceRequest request, StreamObserver<DeleteResourceResponse> out) {
    calls.answerLater(request, out, changes::delete);
  }

  private GetResourceResponse get(GetResourceRequest request) {
    Resource resource = resources.get(WireName.RESOURCE.id(request.getName(), "name"));
    return GetResourceResponse.newBuilder().setResource(ResourceMapping.toWire(resource)).build();
  }

  private ListResourcesResponse list(ListResourcesRequest request) {
    PageToken token = new PageToken("resources", "");
    int size = PageSize.of(request.getPageSize());
    List<Resource> found = resources.list(token.position(request.getPageToken()).orElse(""), size);
    ListResourcesResponse.Builder page = ListResourcesResponse.newBuilder();
    found.stream().map(ResourceMapping::toWire).forEach(page::addResources);
    if (found.size() == size) {
      page.setNextPageToken(token.after(found.get(size - 1).resourceId()));
    }
    return page.build();
  }
}
