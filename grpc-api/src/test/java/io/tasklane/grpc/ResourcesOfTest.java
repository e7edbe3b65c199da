package io.tasklane.grpc;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.resource.Resource;
import io.tasklane.resource.ResourceLimits;
import io.tasklane.resource.ResourceService;
import io.tasklane.resource.ResourceUse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A resource service for tests, in memory. */
public final class ResourcesOfTest extends ResourceService {
  public final Map<String, Resource> known = new TreeMap<>();
  public Optional<String> lastEtag = Optional.empty();
  public Change<Resource> lastChange;

  @Override
  public Resource get(String resourceId) {
    return Optional.ofNullable(known.get(resourceId))
        .orElseThrow(
            () ->
                Refusal.of(
                    Refusal.Sort.NOT_FOUND,
                    RefusalReason.RESOURCE_NOT_FOUND,
                    "resources/" + resourceId,
                    "no resource " + resourceId));
  }

  @Override
  public List<Resource> list(String afterResourceId, int limit) {
    return known.values().stream()
        .filter(resource -> resource.resourceId().compareTo(afterResourceId) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public CompletionStage<Answer<Resource>> create(
      String resourceId, ResourceLimits limits, Change<Resource> change) {
    return done(change, new Resource(resourceId, limits, ResourceUse.NONE, 1));
  }

  @Override
  public CompletionStage<Answer<Resource>> update(
      String resourceId,
      Optional<String> etag,
      UnaryOperator<ResourceLimits> edit,
      Change<Resource> change) {
    lastEtag = etag;
    Resource before = get(resourceId);
    ResourceLimits limits = edit.apply(before.limits());
    return done(change, new Resource(resourceId, limits, before.use(), before.version() + 1));
  }

  @Override
  public CompletionStage<Answer<Resource>> delete(
      String resourceId, Optional<String> etag, Change<Resource> change) {
    lastEtag = etag;
    lastChange = change;
    return CompletableFuture.completedStage(new Answer.Fresh<>(known.remove(resourceId)));
  }

  private CompletionStage<Answer<Resource>> done(Change<Resource> change, Resource resource) {
    lastChange = change;
    known.put(resource.resourceId(), resource);
    return CompletableFuture.completedStage(new Answer.Fresh<>(resource));
  }
}
