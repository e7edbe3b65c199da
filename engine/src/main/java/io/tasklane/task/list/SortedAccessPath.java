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
 * @param lead the first column of the index, if all rows have the same value of it
 * @param time column that they are sorted by before the key; empty for none
 * @param key column with the key of the task
 * @param groupCount how many groups there are
 */
record SortedAccessPath(
    String groups, Sql rows, Optional<Lead> lead, String time, String key, int groupCount) {
  /**
   * The first column of an index. The SQL asks for a range of it and orders by it: if the planner
   * knew that it is one value, it might walk the whole table in the order of its keys, past all
   * rows that do not match, if it assumes that many match.
   *
   * @param column the first of the index
   * @param value of all rows
   */
  record Lead(String column, Object value) {}

  /** A path with one group, whose rows no other index has in this order. */
  static SortedAccessPath of(Sql rows, String time, String key) {
    return new SortedAccessPath("", rows, Optional.empty(), time, key, 1);
  }

  /** The rows of {@code task w} with this value, by their keys. */
  static SortedAccessPath of(Lead lead) {
    return new SortedAccessPath(
        "", Sql.of("FROM task w WHERE true"), Optional.of(lead), "", "w.id", 1);
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
    String head = groups.isEmpty() ? "" : groups + " CROSS JOIN LATERAL ";
    return Sql.of("SELECT x.at, x.key FROM " + head + "(").then(group).then(") x");
  }

  private Sql within(Lead first, Optional<ListPosition> after, boolean descending) {
    Optional<Long> place = after.map(ListPosition::key);
    long low = descending ? Long.MIN_VALUE : place.orElse(Long.MIN_VALUE);
    long high = descending ? place.orElse(Long.MAX_VALUE) : Long.MAX_VALUE;
    String both = "(" + first.column() + ", " + key + ")";
    return Sql.of(" AND " + both + " > (?, ?)", first.value(), low)
        .then(" AND " + both + " < (?, ?)", first.value(), high);
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
    lead.map(Lead::column).ifPresent(columns::add);
    if (!time.isEmpty()) {
      columns.add(time);
    }
    columns.add(key);
    return columns.stream()
        .map(column -> column + (descending ? " DESC" : ""))
        .collect(Collectors.joining(", "));
  }
}
