package io.tasklane.queue.admin;

import io.tasklane.database.Database;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.Queue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds queues by key and by id without asking the database each time; settings may be stale. It
 * includes deleted queues, because events and ended tasks refer to them.
 */
public final class QueueDirectory {
  private final Database database;
  private final Map<QueueKey, Queue> byKey = new ConcurrentHashMap<>();
  private final Map<String, Queue> byId = new ConcurrentHashMap<>();

  /** A directory of this database's queues. */
  public QueueDirectory(Database database) {
    this.database = database;
  }

  /**
   * Reads all queues again; one thread at a time, so that an older read never overwrites a newer
   * one.
   */
  public synchronized void refresh() {
    for (Queue queue : database.with(c -> new QueueReader(c).listEver())) {
      byKey.put(queue.key(), queue);
      byId.put(queue.queueId(), queue);
    }
  }

  /** The queue with this id. Reads the database if the queue is unknown or known to be deleted. */
  public Optional<Queue> find(String queueId) {
    Queue known = byId.get(queueId);
    if (known == null || known.isDeleted()) {
      refresh();
    }
    return Optional.ofNullable(byId.get(queueId));
  }

  /** The queue with this id, if it is known. Never reads the database. */
  public Optional<Queue> known(String queueId) {
    return Optional.ofNullable(byId.get(queueId));
  }

  /** The id of the queue with this key. */
  public String idOf(QueueKey key) {
    if (!byKey.containsKey(key)) {
      refresh();
    }
    Queue queue = byKey.get(key);
    return queue == null ? "" : queue.queueId();
  }

  /** The queues that are known and not deleted. */
  public List<Queue> all() {
    return byId.values().stream().filter(queue -> !queue.isDeleted()).toList();
  }
}
