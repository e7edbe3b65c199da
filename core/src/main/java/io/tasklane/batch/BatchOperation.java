package io.tasklane.batch;

import io.tasklane.task.Actor;
import java.time.Instant;
import java.util.Optional;

/**
 * A batch operation that was started.
 *
 * @param id final part of its name
 * @param request what is done
 * @param state where it stands
 * @param counts how far it is
 * @param createTime when it was started
 * @param endTime when it ended
 * @param stoppedBy who stopped it, and why
 * @param failure why it is FAILED, empty otherwise
 */
public record BatchOperation(
    String id,
    BatchRequest request,
    BatchState state,
    BatchCounts counts,
    Instant createTime,
    Optional<Instant> endTime,
    Optional<Actor> stoppedBy,
    String failure) {
  /** Its whole name. */
  public String name() {
    return "batchOperations/" + id;
  }

  /** In whose name each single operation is done. */
  public Actor actor() {
    String reason = request.actor().reason();
    return new Actor(
        request.actor().principal(), reason.isEmpty() ? name() : name() + ": " + reason);
  }
}
