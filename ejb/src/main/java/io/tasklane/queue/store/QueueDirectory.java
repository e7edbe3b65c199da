package io.tasklane.queue.store;

import io.tasklane.queue.Queue;
import io.tasklane.store.Database;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds queues by key and by id without asking the database each time; settings may be stale. */
public final class QueueDirectory {
  private static final int ALL = Integer.MAX_VALUE;
  private final Database database;
  private final Map<Integer, Queue> byKey = new ConcurrentHashMap<>();
  private final Map<String, Queue> byId = new ConcurrentHashMap<>();

  /** A directory of this database's queues. */
  public QueueDirectory(Database database) {
    this.database = database;
  }

  /** Reads all queues again. */
  public void refresh() {
    for (Queue queue : database.with(c -> new QueueReader(c).list("", ALL))) {
      byKey.put(queue.key(), queue);
      byId.put(queue.queueId(), queue);
    }
  }

  /** The queue with this id, read again if it is not known yet. */
  public Optional<Queue> find(String queueId) {
    if (!byId.containsKey(queueId)) {
      refresh();
    }
    return Optional.ofNullable(byId.get(queueId));
  }

  /** The id of the queue with this key. */
  public String idOf(int key) {
    if (!byKey.containsKey(key)) {
      refresh();
    }
    Queue queue = byKey.get(key);
    return queue == null ? "" : queue.queueId();
  }

  /** All queues that are known. */
  public Iterable<Queue> all() {
    return byId.values();
  }
}
