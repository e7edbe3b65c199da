package io.tasklane.worker.stream;

import io.tasklane.key.TaskKey;
import io.tasklane.worker.LeaseName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The leases of one stream. Safe for many threads. */
final class Leases {
  private final Map<TaskKey, LiveLease> byTask = new ConcurrentHashMap<>();
  private final Map<LeaseName, LiveLease> byName = new ConcurrentHashMap<>();

  void add(LiveLease lease) {
    byTask.put(lease.key().task(), lease);
    byName.put(lease.name(), lease);
  }

  List<LiveLease> all() {
    return List.copyOf(byName.values());
  }

  Optional<LiveLease> of(TaskKey task) {
    return Optional.ofNullable(byTask.get(task));
  }

  Optional<LiveLease> named(LeaseName name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Whether it was there. */
  boolean remove(LiveLease lease) {
    byTask.remove(lease.key().task(), lease);
    return byName.remove(lease.name(), lease);
  }

  void removeOffers() {
    all().stream().filter(lease -> !lease.isRunning()).forEach(this::remove);
  }
}
