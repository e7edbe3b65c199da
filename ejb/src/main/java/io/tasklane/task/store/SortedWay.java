package io.tasklane.task.store;

import io.tasklane.app.Position;
import io.tasklane.store.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A way into the tasks along an index: groups that are each sorted by the same columns, so that the
 * first of all of them are found without reading the rest.
 *
 * @param groups FROM items that give one row a group, empty where there is one group only
 * @param rows FROM and WHERE of the rows of a group
 * @param time column that they are sorted by before their key, empty for none
 * @param key column with the key of the task
 * @param groupCount how many groups there are
 */
record SortedWay(String groups, Sql rows, String time, String key, int groupCount) {

  /** With one group. */
  static SortedWay of(Sql rows, String time, String key) {
    return new SortedWay("", rows, time, key, 1);
  }

  /** The first so many of each group behind a place, as columns {@code at} and {@code key}. */
  Sql first(Optional<Position> after, boolean descending, int limit) {
    boolean timed = !time.isEmpty();
    Sql group =
        Sql.of("SELECT " + (timed ? time : "NULL::timestamptz") + " AS at, " + key + " AS key ")
            .then(rows)
            .then(behind(after, descending))
            .then(" ORDER BY " + order(descending) + " LIMIT " + limit);
    String head = groups.isEmpty() ? "" : groups + " CROSS JOIN LATERAL ";
    return Sql.of("SELECT x.at, x.key FROM " + head + "(").then(group).then(") x");
  }

  private Sql behind(Optional<Position> after, boolean descending) {
    if (after.isEmpty()) {
      return Sql.of("");
    }
    Position place = after.get();
    String sign = descending ? " < " : " > ";
    return time.isEmpty()
        ? Sql.of(" AND " + key + sign + "?", place.key())
        : Sql.of(
            " AND (" + time + ", " + key + ")" + sign + "(?, ?)",
            place.time().orElseThrow(),
            place.key());
  }

  private String order(boolean descending) {
    List<String> columns = new ArrayList<>(List.of(key));
    if (!time.isEmpty()) {
      columns.add(0, time);
    }
    return String.join(", ", columns.stream().map(c -> c + (descending ? " DESC" : "")).toList());
  }
}
