package io.tasklane.resource;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.feature.EngineContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Creates, finds, changes and deletes resources. */
public class ResourceService {
  private final EngineContext engine;
  private final ChangeResources changes;

  /** For subclasses, such as test doubles of the edges. */
  protected ResourceService() {
    this(null, null);
  }

  ResourceService(EngineContext engine, ChangeResources changes) {
    this.engine = engine;
    this.changes = changes;
  }

  /**
   * The resource with this id.
   *
   * @throws Refusal NOT_FOUND: RESOURCE_NOT_FOUND
   */
  public Resource get(String resourceId) {
    return engine.database().with(c -> new ResourceReader(c).require(resourceId));
  }

  /** Resources in the order of their ids, after this one, at most so many. */
  public List<Resource> list(String afterResourceId, int limit) {
    return engine.database().with(c -> new ResourceReader(c).list(afterResourceId, limit));
  }

  /**
   * Creates a resource.
   *
   * @throws Refusal (in the stage) ALREADY_EXISTS: RESOURCE_EXISTS
   */
  public CompletionStage<Answer<Resource>> create(
      String resourceId, ResourceLimits limits, Change<Resource> change) {
    return submit(new ChangeResources.Create(resourceId, limits), change);
  }

  /**
   * Changes how many units there are.
   *
   * @param etag of the version the change was based on, empty for any
   * @param edit from the present limits to the new ones; called within the change, once or several
   *     times
   * @throws Refusal (in the stage) NOT_FOUND: RESOURCE_NOT_FOUND; ABORTED: ETAG_MISMATCH;
   *     FAILED_PRECONDITION: RESOURCE_NEEDED
   */
  public CompletionStage<Answer<Resource>> update(
      String resourceId,
      Optional<String> etag,
      UnaryOperator<ResourceLimits> edit,
      Change<Resource> change) {
    return submit(new ChangeResources.Update(resourceId, etag, edit), change);
  }

  /**
   * Deletes a resource that no unfinished task needs.
   *
   * @param etag of the version that may be deleted, empty for any
   * @return the resource as it was
   * @throws Refusal (in the stage) NOT_FOUND: RESOURCE_NOT_FOUND; ABORTED: ETAG_MISMATCH;
   *     FAILED_PRECONDITION: RESOURCE_NEEDED
   */
  public CompletionStage<Answer<Resource>> delete(
      String resourceId, Optional<String> etag, Change<Resource> change) {
    return submit(new ChangeResources.Delete(resourceId, etag), change);
  }

  private CompletionStage<Answer<Resource>> submit(
      ChangeResources.Request request, Change<Resource> change) {
    return engine.committer().submit(changes, request, change);
  }
}
