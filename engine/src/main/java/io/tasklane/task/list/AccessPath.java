package io.tasklane.task.list;

import io.tasklane.api.ListPosition;
import io.tasklane.database.Sql;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An index that serves a list filter: finds all tasks that meet some conditions of the filter. It
 * may also return tasks that do not meet them, if several states share the index.
 *
 * @param covers the conditions that every returned task meets
 * @param parts of the path, all sorted alike
 */
record AccessPath(Set<String> covers, List<SortedAccessPath> parts) {
  static AccessPath of(String covers, SortedAccessPath part) {
    return new AccessPath(Set.of(covers), List.of(part));
  }

  /** The first tasks of each group, up to the limit, in no order. */
  Sql some(Optional<ListPosition> after, boolean descending, int limit) {
    return Sql.join(
        " UNION ALL ", parts.stream().map(part -> part.first(after, descending, limit)).toList());
  }

  /** The first of all tasks, up to the limit, in their order. */
  Sql first(Optional<ListPosition> after, boolean descending, int limit) {
    String down = descending ? " DESC" : "";
    String time = parts.get(0).time().isEmpty() ? "" : "at" + down + ", ";
    return Sql.of("SELECT at, key FROM (")
        .then(some(after, descending, limit))
        .then(") u ORDER BY " + time + "key" + down + " LIMIT " + limit);
  }

  int groupCount() {
    return parts.stream().mapToInt(SortedAccessPath::groupCount).sum();
  }
}
