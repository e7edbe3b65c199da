package io.tasklane.task.list;

import io.tasklane.api.ListPosition;
import io.tasklane.database.Sql;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All tasks that meet some conditions of a filter, found along indexes. It may bring some that do
 * not meet them, where the way is one that several states share.
 *
 * @param covers the conditions that every task it brings meets
 * @param parts of it, sorted alike
 */
record AccessPath(Set<String> covers, List<SortedAccessPath> parts) {
  static AccessPath of(String covers, SortedAccessPath part) {
    return new AccessPath(Set.of(covers), List.of(part));
  }

  /** The first so many of each of its groups, in no order. */
  Sql some(Optional<ListPosition> after, boolean descending, int limit) {
    return Sql.join(
        " UNION ALL ", parts.stream().map(part -> part.first(after, descending, limit)).toList());
  }

  /** The first so many of all, in their order. */
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
