package io.tasklane.resource;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.NamedSql;
import io.tasklane.key.TaskKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The resources that new tasks need, locked until the commit, so that none is deleted or reduced
 * meanwhile.
 */
public final class NeededUnits {
  /**
   * What one new task needs of one resource.
   *
   * @param task key of its row
   * @param resourceId id of the resource
   * @param units how many
   */
  public record Need(TaskKey task, String resourceId, int units) {}

  private record Known(int key, ResourceLimits limits) {}

  private static final String LOCK =
      """
      SELECT id, name, capacity, refill_units, refill_period_ms FROM resource
      WHERE name = ANY (:names) ORDER BY id FOR SHARE""";
  private static final String ADD =
      """
      INSERT INTO task_resource (task, resource, units)
      SELECT * FROM unnest(:tasks::bigint[], :resources::int[], :units::int[])""";

  private final Map<String, Known> known = new HashMap<>();

  private NeededUnits() {}

  /** Locks the existing resources among these. An empty collection costs nothing. */
  public static NeededUnits lock(Connection connection, Collection<String> resourceIds)
      throws SQLException {
    NeededUnits needed = new NeededUnits();
    if (!resourceIds.isEmpty()) {
      NamedSql.on(connection, LOCK).set("names", "text", resourceIds).each(needed::add);
    }
    return needed;
  }

  private void add(ResultSet row) throws SQLException {
    known.put(row.getString("name"), new Known(row.getInt("id"), ResourceReader.limits(row)));
  }

  /** Why a task that needs these must not be created, at this field of the request. */
  public Optional<Refusal> refusal(Map<String, Integer> units, String field) {
    for (Map.Entry<String, Integer> need : units.entrySet()) {
      Known resource = known.get(need.getKey());
      if (resource == null) {
        return Optional.of(
            Refusal.invalid(
                RefusalReason.RESOURCE_UNKNOWN,
                field,
                "\"resources/" + need.getKey() + "\" does not exist"));
      }
      if (need.getValue() > resource.limits().most()) {
        return Optional.of(
            Refusal.invalid(
                RefusalReason.INVALID_FIELD,
                field,
                need.getValue()
                    + " units of \"resources/"
                    + need.getKey()
                    + "\" are not allowed: it has at most "
                    + resource.limits().most()));
      }
    }
    return Optional.empty();
  }

  /** Writes what the new tasks need. */
  public void keep(Connection connection, List<Need> needs) throws SQLException {
    if (!needs.isEmpty()) {
      NamedSql.on(connection, ADD)
          .rows(needs)
          .add("tasks", "int8", Need::task)
          .add("resources", "int4", n -> known.get(n.resourceId()).key())
          .add("units", "int4", Need::units)
          .update();
    }
  }
}
