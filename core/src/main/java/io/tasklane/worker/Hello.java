package io.tasklane.worker;

import io.tasklane.task.TaskType;
import java.util.List;
import java.util.Optional;

/**
 * Who a worker is, and what it can do.
 *
 * @param workerId final part of the name that it was given before; empty for a new worker
 * @param host where it runs
 * @param version of its code
 * @param queues ids of the queues whose tasks it takes; empty means all
 * @param slots how many tasks it can have at once, 1 or more
 * @param leases that it still holds
 * @param types that it serves, at least one, none twice
 */
public record Hello(
    Optional<String> workerId,
    String host,
    String version,
    List<String> queues,
    int slots,
    List<LeaseName> leases,
    List<Type> types) {
  /**
   * A type that it serves.
   *
   * @param type what it states
   * @param revision of that, 1 or more
   */
  public record Type(TaskType type, long revision) {}
}
