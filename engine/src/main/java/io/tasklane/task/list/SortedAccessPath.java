package io.tasklane.task.list;

import io.tasklane.api.ListPosition;
import io.tasklane.database.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A way into the tasks along an index: groups that are each sorted by the same columns, so that the
 * first of all of them are found without reading the rest.
 *
 * @param groups FROM items that give one row a group, empty where there is one group only
 * @param rows FROM and WHERE of the rows of a group
 * @param lead the column that the index begins with, where all rows have one value of it
 * @param time column that they are sorted by before their key, empty for none
 * @param key column with the key of the task
 * @param groupCount how many groups there are
 */
record SortedAccessPath(
    String groups, Sql rows, Optional<Lead> lead, String time, String key, int groupCount) {
  /**
   * What an index begins with. It is asked for as a span of rows, and stands in the order: told
   * that it is one value, the planner would rather walk the whole table in the order of its keys,
   * past all that do not match, if it believes that many do.
   *
   * @param column the first of the index
   * @param value of all rows
   */
  record Lead(String column, Object value) {}

  /** With one group, whose rows the planner cannot find in this order by another index. */
  static SortedAccessPath of(Sql rows, String time, String key) {
    return new SortedAccessPath("", rows, Optional.empty(), time, key, 1);
  }

  /** The rows of {@code task w} with this value, by their keys. */
  static SortedAccessPath of(Lead lead) {
    return new SortedAccessPath(
        "", Sql.of("FROM task w WHERE true"), Optional.of(lead), "", "w.id", 1);
  }

  /** The first so many of each group behind a place, as columns {@code at} and {@code key}. */
  Sql first(Optional<ListPosition> after, boolean descending, int limit) {
    boolean timed = !time.isEmpty();
    Sql group =
        Sql.of("SELECT " + (timed ? time : "NULL::timestamptz") + " AS at, " + key + " AS key ")
            .then(rows)
            .then(lead.map(l -> within(l, after, descending)).orElse(behind(after, descending)))
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

  private Sql behind(Optional<ListPosition> after, boolean descending) {
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
