package io.tasklane.tasktype;

import io.tasklane.database.Database;
import io.tasklane.task.TaskType;
import io.tasklane.task.type.Handlers;
import io.tasklane.task.type.KnownTypes;
import io.tasklane.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The registered types. Those of this node's handlers are as the handlers say and cost nothing; any
 * other is read when it is asked for, at most once a second, so that a change on another node holds
 * here a second later.
 */
public final class StoredTypes implements KnownTypes {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int ALL = 10_000;

  private record Read(TaskType type, long at) {}

  private final Database database;
  private final Handlers handlers;
  private final Ticker ticker;
  private final Map<String, Read> read = new ConcurrentHashMap<>();

  /**
   * Types of this database.
   *
   * @param database where they are stored
   * @param handlers of this node
   * @param ticker by which what was read gets old
   */
  public StoredTypes(Database database, Handlers handlers, Ticker ticker) {
    this.database = database;
    this.handlers = handlers;
    this.ticker = ticker;
  }

  @Override
  public Optional<TaskType> type(String name) {
    Optional<TaskType> served = handlers.type(name);
    return served.isPresent() ? served : stored(name);
  }

  private Optional<TaskType> stored(String name) {
    Read known = read.get(name);
    if (known != null && ticker.since(known.at()).compareTo(FRESH) < 0) {
      return Optional.of(known.type());
    }
    long now = ticker.nanos();
    Optional<TaskType> found = database.with(c -> new TypeRows(c).find(name)).map(StoredType::type);
    found.ifPresentOrElse(type -> read.put(name, new Read(type, now)), () -> read.remove(name));
    return found;
  }

  @Override
  public List<TaskType> types() {
    return database.with(c -> new TypeRows(c).list("", ALL)).stream()
        .map(StoredType::type)
        .toList();
  }
}
