package io.tasklane.grpc.resource;

import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.call.UpdateMask;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.WireEtag;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.resource.Resource;
import io.tasklane.resource.ResourceLimits;
import io.tasklane.resource.ResourceService;
import io.tasklane.v1.CreateResourceRequest;
import io.tasklane.v1.CreateResourceResponse;
import io.tasklane.v1.DeleteResourceRequest;
import io.tasklane.v1.DeleteResourceResponse;
import io.tasklane.v1.UpdateResourceRequest;
import io.tasklane.v1.UpdateResourceResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Creates, changes and deletes resources. */
final class ResourceChanges {
  private static final UpdateMask.Fields FIELDS =
      new UpdateMask.Fields(List.of("capacity", "refill_units", "refill_period"), true, Set.of());

  private final ResourceService resources;

  ResourceChanges(ResourceService resources) {
    this.resources = resources;
  }

  CompletionStage<CreateResourceResponse> create(CreateResourceRequest request) {
    String name = request.getResource().getName();
    if (!name.isEmpty() && !name.equals(WireName.RESOURCE.of(request.getResourceId()))) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "resource.name",
          "\""
              + name
              + "\" is not allowed: the name comes from resource_id, which is \""
              + request.getResourceId()
              + "\"");
    }
    Replay<Resource, CreateResourceResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            made -> CreateResourceResponse.newBuilder().setResource(wire(made)).build(),
            CreateResourceResponse.parser());
    ResourceLimits limits = ResourceMapping.limits(request.getResource());
    return resources
        .create(request.getResourceId(), limits, replay.change())
        .thenApply(replay::response);
  }

  CompletionStage<UpdateResourceResponse> update(UpdateResourceRequest request) {
    UpdateMask<io.tasklane.v1.Resource> mask =
        UpdateMask.namedOrSet(request.getUpdateMask(), request.getResource(), FIELDS);
    UnaryOperator<ResourceLimits> edit =
        present -> {
          io.tasklane.v1.Resource.Builder shown = io.tasklane.v1.Resource.newBuilder();
          ResourceMapping.add(present, shown);
          return ResourceMapping.limits(mask.apply(shown.build(), request.getResource()));
        };
    Replay<Resource, UpdateResourceResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            changed -> UpdateResourceResponse.newBuilder().setResource(wire(changed)).build(),
            UpdateResourceResponse.parser());
    String id = WireName.RESOURCE.id(request.getResource().getName(), "resource.name");
    return resources
        .update(
            id,
            WireEtag.read(request.getResource().getEtag(), "resource.etag"),
            edit,
            replay.change())
        .thenApply(replay::response);
  }

  CompletionStage<DeleteResourceResponse> delete(DeleteResourceRequest request) {
    Replay<Resource, DeleteResourceResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            resource -> DeleteResourceResponse.getDefaultInstance(),
            DeleteResourceResponse.parser());
    return resources
        .delete(
            WireName.RESOURCE.id(request.getName(), "name"),
            WireEtag.read(request.getEtag(), "etag"),
            replay.change())
        .thenApply(replay::response);
  }

  private static io.tasklane.v1.Resource wire(Resource resource) {
    return ResourceMapping.toWire(resource);
  }
}
