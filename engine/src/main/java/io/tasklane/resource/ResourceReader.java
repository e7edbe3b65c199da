package io.tasklane.resource;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads resources with their present use.
 *
 * @param connection to read on
 */
public record ResourceReader(Connection connection) {
  /**
   * Whether a start {@code s} counts, as {@link ResourceLimits#counts} decides it; {@code r} is the
   * resource.
   */
  static final String COUNTS = "s.time > clock_timestamp() - r.refill_period_ms * interval '1 ms'";

  /** Columns of a resource r, with the units in use. */
  static final String COLUMNS =
      """
      r.id, r.name, r.capacity, r.refill_units, r.refill_period_ms, r.version,
      (SELECT coalesce(sum(n.units), 0) FROM task_lease l JOIN task_resource n ON n.task = l.task
        WHERE n.resource = r.id) AS held,
      (SELECT coalesce(sum(s.units), 0) FROM resource_start s WHERE s.resource = r.id
        AND ${COUNTS}) AS started"""
          .replace("${COUNTS}", COUNTS);

  private static final String SELECT = "SELECT " + COLUMNS + " FROM resource r WHERE ";

  /** The resource with this id. */
  public Optional<Resource> find(String resourceId) throws SQLException {
    return NamedSql.on(connection, SELECT + "r.name = :name")
        .set("name", resourceId)
        .first(ResourceReader::resource);
  }

  /**
   * The resource with this id.
   *
   * @throws Refusal NOT_FOUND: RESOURCE_NOT_FOUND
   */
  public Resource require(String resourceId) throws SQLException {
    return find(resourceId)
        .orElseThrow(
            () ->
                Refusal.notFound(
                    RefusalReason.RESOURCE_NOT_FOUND, "resources/" + resourceId, "does not exist"));
  }

  /** Resources ordered by id, after this id, up to the limit. */
  public List<Resource> list(String afterResourceId, int limit) throws SQLException {
    return NamedSql.on(connection, SELECT + "r.name > :after ORDER BY r.name LIMIT :limit")
        .set("after", afterResourceId)
        .set("limit", limit)
        .list(ResourceReader::resource);
  }

  static Resource resource(ResultSet row) throws SQLException {
    return new Resource(
        row.getString("name"),
        limits(row),
        new ResourceUse(row.getInt("held"), row.getInt("started")),
        row.getInt("version"));
  }

  static ResourceLimits limits(ResultSet row) throws SQLException {
    return new ResourceLimits(
        row.getInt("capacity"),
        row.getInt("refill_units"),
        Duration.ofMillis(row.getLong("refill_period_ms")));
  }
}
