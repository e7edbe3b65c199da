package io.tasklane.task.list;

import io.tasklane.api.ListPosition;
import io.tasklane.api.TaskOrder;
import io.tasklane.api.TaskPage;
import io.tasklane.api.TaskQuery;
import io.tasklane.database.IndexPlans;
import io.tasklane.database.RowReader;
import io.tasklane.database.Rows;
import io.tasklane.database.Sql;
import io.tasklane.key.QueueKey;
import io.tasklane.task.Task;
import io.tasklane.task.row.TaskRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds a page of tasks at a cost that does not grow with the table.
 *
 * <p>If one condition of the filter is rare, the search looks at all tasks that meet it. Otherwise
 * it looks along the order of the list, at a limited number of candidates: a page before the last
 * may then have fewer tasks than requested, or none. No choice depends on statistics, which are
 * outdated exactly when many tasks are new.
 */
public final class TaskSearch {
  /**
   * How far a search goes for a page.
   *
   * @param rare a condition that at most this many tasks meet is rare
   * @param window how many candidates are looked at
   */
  record Reach(int rare, int window) {
    static final Reach STANDARD = new Reach(5_000, 5_000);
  }

  private final Connection connection;
  private final TaskQuery query;
  private final Reach reach;
  private final Consumer<Sql> watcher;
  private final Collection<QueueKey> queues;
  private final TaskAccessPaths ways;
  private final boolean descending;
  private final String time;

  /** A page of the tasks that match the query. */
  public static TaskPage list(Connection connection, TaskQuery query) throws SQLException {
    return IndexPlans.on(
        connection, c -> new TaskSearch(c, query, Reach.STANDARD, statement -> {}).page());
  }

  /** A search that passes every statement to this observer. */
  TaskSearch(Connection connection, TaskQuery query, Reach reach, Consumer<Sql> watcher)
      throws SQLException {
    this.connection = connection;
    this.query = query;
    this.reach = reach;
    this.watcher = watcher;
    this.queues = queues();
    this.ways = new TaskAccessPaths(query, queues, kinds());
    this.descending = query.order() != TaskOrder.OLDEST_FIRST;
    this.time = ways.isEmpty() ? "" : ways.inOrder().parts().get(0).time().replace("w.", "k.");
  }

  TaskPage page() throws SQLException {
    if (ways.isEmpty()) {
      return new TaskPage(List.of(), List.of(), Optional.empty());
    }
    AccessPath inOrder = ways.inOrder();
    if (ways.isExact(inOrder)) {
      return along(inOrder, query.limit());
    }
    Optional<AccessPath> rare = rarest();
    if (rare.isPresent()) {
      return among(rare.get());
    }
    int groups = inOrder.groupCount();
    return along(inOrder, Math.max(query.limit(), reach.window() / groups));
  }

  private TaskPage among(AccessPath few) throws SQLException {
    Sql all = few.some(Optional.empty(), true, 2 * reach.rare());
    Sql after = query.after().map(this::after).orElse(Sql.of(""));
    return read(select(all, after).then(" ORDER BY " + order("k.id", time)));
  }

  private TaskPage along(AccessPath way, int window) throws SQLException {
    Sql candidates = way.first(query.after(), descending, window);
    TaskPage page =
        read(
            select(candidates, Sql.of(""))
                .then(" ORDER BY " + order("f.key", time.isEmpty() ? "" : "f.at")));
    return page.next().isPresent() || ways.isExact(way)
        ? page
        : new TaskPage(page.tasks(), page.places(), last(candidates, window));
  }

  /** Where a page that is not full ended; empty where nothing follows. */
  private Optional<ListPosition> last(Sql candidates, int window) throws SQLException {
    Sql last = Sql.of("SELECT at, key FROM (").then(candidates).then(") c OFFSET " + (window - 1));
    return list(last, row -> new ListPosition(Rows.instant(row, "at"), row.getLong("key"))).stream()
        .findFirst();
  }

  private <T> List<T> list(Sql sql, RowReader<T> reader) throws SQLException {
    watcher.accept(sql);
    return sql.list(connection, reader);
  }

  /** The candidates that match. Each is looked up by its key, whatever the planner assumes. */
  private Sql select(Sql candidates, Sql more) {
    return Sql.of(
            "SELECT "
                + TaskRows.columns("k", "(SELECT q.name FROM queue q WHERE q.id = k.queue)")
                + " FROM (")
        .then(candidates)
        .then(") f CROSS JOIN LATERAL (SELECT * FROM task k WHERE k.id = f.key")
        .then(TaskConditions.of(query, queues))
        .then(more)
        .then(" OFFSET 0) k");
  }

  private Sql after(ListPosition place) {
    String sign = descending ? " < " : " > ";
    return time.isEmpty()
        ? Sql.of(" AND k.id" + sign + "?", place.key())
        : Sql.of(
            " AND (" + time + ", k.id)" + sign + "(?, ?)", place.time().orElseThrow(), place.key());
  }

  private String order(String key, String timeColumn) {
    String down = descending ? " DESC" : "";
    String first = timeColumn.isEmpty() ? "" : timeColumn + down + ", ";
    return first + key + down + " LIMIT " + query.limit();
  }

  private TaskPage read(Sql sql) throws SQLException {
    List<Task> tasks = list(sql, TaskRows::read);
    List<ListPosition> places = tasks.stream().map(this::place).toList();
    boolean full = tasks.size() == query.limit();
    Optional<ListPosition> next =
        full ? Optional.of(places.get(places.size() - 1)) : Optional.empty();
    return new TaskPage(tasks, places, next);
  }

  private ListPosition place(Task task) {
    return switch (time) {
      case "k.create_time" -> new ListPosition(Optional.of(task.createTime()), task.id().value());
      case "k.end_time" -> new ListPosition(task.endTime(), task.id().value());
      default -> new ListPosition(Optional.empty(), task.id().value());
    };
  }

  /** The path of the condition that the fewest tasks meet, if it is rare. */
  private Optional<AccessPath> rarest() throws SQLException {
    List<AccessPath> all = ways.all();
    List<Sql> counts =
        all.stream()
            .map(way -> way.some(Optional.empty(), true, reach.rare() + 1))
            .map(
                some ->
                    Sql.of("(SELECT count(*) FROM (SELECT FROM (")
                        .then(some)
                        .then(") u LIMIT " + (reach.rare() + 1) + ") c)"))
            .toList();
    Sql sql = Sql.of("SELECT ").then(Sql.join(", ", counts));
    return list(sql, row -> rarest(all, row)).get(0);
  }

  private Optional<AccessPath> rarest(List<AccessPath> all, ResultSet counts) throws SQLException {
    int least = 0;
    for (int i = 1; i < all.size(); i++) {
      least = counts.getInt(i + 1) < counts.getInt(least + 1) ? i : least;
    }
    return counts.getInt(least + 1) <= reach.rare()
        ? Optional.of(all.get(least))
        : Optional.empty();
  }

  private List<TaskKind> kinds() throws SQLException {
    return TaskKind.isAskedBy(query.filter())
        ? list(TaskKind.matching(query.filter(), queues), TaskKind::read)
        : List.of();
  }

  private Collection<QueueKey> queues() throws SQLException {
    Sql ids =
        query
            .filter()
            .queue()
            .map(name -> Sql.of("SELECT id FROM queue WHERE name = ?", name))
            .orElse(Sql.of("SELECT id FROM queue"));
    return list(ids, row -> new QueueKey(row.getInt(1)));
  }
}
