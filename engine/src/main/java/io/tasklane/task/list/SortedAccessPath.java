package io.tasklane.task.list;

import io.tasklane.api.ListPosition;
import io.tasklane.database.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An access path along one index: groups that are all sorted by the same columns, so that the first
 * tasks are found without reading the rest.
 *
 * @param groups FROM items with one row for each group; empty for a single group
 * @param rows FROM and WHERE of the rows of a group
 * @param lead the first columns of the index, if all rows of a group have the same values of them
 * @param time column that they are sorted by before the key; empty for none
 * @param key column with the key of the task
 * @param groupCount how many groups there are
 */
record SortedAccessPath(
    Sql groups, Sql rows, Optional<Lead> lead, String time, String key, int groupCount) {
  /**
   * The first columns of an index. The SQL asks for a range of them and orders by them: if the
   * planner knew that each is one value, it might walk the whole table in the order of its keys,
   * past all rows that do not match, if it assumes that many match.
   *
   * @param columns the first of the index
   * @param values of a group
   */
  record Lead(List<String> columns, List<String> values) {}

  /** A path with one group, whose rows no other index has in this order. */
  static SortedAccessPath of(Sql rows, String time, String key) {
    return new SortedAccessPath(Sql.of(""), rows, Optional.empty(), time, key, 1);
  }

  /** The tasks of these kinds, by their keys. */
  static SortedAccessPath of(List<TaskKind> kinds) {
    Lead lead =
        new Lead(
            List.of("w.queue", "w.task_type", "w.priority"),
            List.of("g.queue", "g.task_type", "g.priority"));
    return new SortedAccessPath(
        TaskKind.groups(kinds),
        Sql.of("FROM task w WHERE true"),
        Optional.of(lead),
        "",
        "w.id",
        kinds.size());
  }

  /**
   * The first rows of each group after a position, up to the limit, as columns {@code at} and
   * {@code key}.
   */
  Sql first(Optional<ListPosition> after, boolean descending, int limit) {
    boolean timed = !time.isEmpty();
    Sql group =
        Sql.of("SELECT " + (timed ? time : "NULL::timestamptz") + " AS at, " + key + " AS key ")
            .then(rows)
            .then(lead.map(l -> within(l, after, descending)).orElse(after(after, descending)))
            .then(" ORDER BY " + order(descending) + " LIMIT " + limit);
    Sql head = groups.text().isEmpty() ? groups : groups.then(" CROSS JOIN LATERAL ");
    return Sql.of("SELECT x.at, x.key FROM ").then(head).then("(").then(group).then(") x");
  }

  private Sql within(Lead first, Optional<ListPosition> after, boolean descending) {
    Optional<Long> place = after.map(ListPosition::key);
    long low = descending ? Long.MIN_VALUE : place.orElse(Long.MIN_VALUE);
    long high = descending ? place.orElse(Long.MAX_VALUE) : Long.MAX_VALUE;
    String columns = "(" + String.join(", ", first.columns()) + ", " + key + ")";
    String values = "(" + String.join(", ", first.values()) + ", ?)";
    return Sql.of(" AND " + columns + " > " + values, low)
        .then(" AND " + columns + " < " + values, high);
  }

  private Sql after(Optional<ListPosition> after, boolean descending) {
    if (after.isEmpty()) {
      return Sql.of("");
    }
    ListPosition place = after.get();
    String sign = descending ? " < " : " > ";
    return time.isEmpty()
        ? Sql.of(" AND " + key + sign + "?", place.key())
        : Sql.of(
            " AND (" + time + ", " + key + ")" + sign + "(?, ?)",
            place.time().orElseThrow(),
            place.key());
  }

  private String order(boolean descending) {
    List<String> columns = new ArrayList<>();
    lead.map(Lead::columns).ifPresent(columns::addAll);
    if (!time.isEmpty()) {
      columns.add(time);
    }
    columns.add(key);
    return columns.stream()
        .map(column -> column + (descending ? " DESC" : ""))
        .collect(Collectors.joining(", "));
  }
}
