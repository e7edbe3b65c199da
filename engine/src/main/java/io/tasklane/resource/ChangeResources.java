package io.tasklane.resource;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Etag;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Creates, changes and deletes resources. Tasks that were set aside profit from more units at once.
 *
 * @param units returns tasks that were set aside to their queues
 */
public record ChangeResources(ResourceUnits units)
    implements SingleCommand<ChangeResources.Request, Resource> {
  /** A request to change a resource. */
  public sealed interface Request {
    /** Final part of the resource's name. */
    String resourceId();
  }

  /**
   * Creates a resource.
   *
   * @param resourceId its id
   * @param limits its units
   */
  public record Create(String resourceId, ResourceLimits limits) implements Request {}

  /**
   * Changes the limits of a resource.
   *
   * @param resourceId its id
   * @param etag of the version the change is based on; empty for any
   * @param change from the present limits to the wanted ones
   */
  public record Update(
      String resourceId, Optional<String> etag, UnaryOperator<ResourceLimits> change)
      implements Request {}

  /**
   * Deletes a resource.
   *
   * @param resourceId its id
   * @param etag of the version to delete; empty for any
   */
  public record Delete(String resourceId, Optional<String> etag) implements Request {}

  private static final String INSERT =
      """
      INSERT INTO resource (capacity, refill_units, refill_period_ms, name)
      VALUES (:capacity, :refill_units, :refill_period_ms, :name)
      ON CONFLICT (name) DO NOTHING""";
  private static final String UPDATE =
      """
      UPDATE resource SET capacity = :capacity, refill_units = :refill_units,
          refill_period_ms = :refill_period_ms, version = version + 1 WHERE name = :name""";

  /** Waits for claims and creations that hold a lock on the resource. */
  private static final String LOCK = "SELECT id FROM resource WHERE name = :name FOR UPDATE";

  /** Counts the unfinished tasks that need it; ended tasks no longer have rows. */
  private static final String NEEDED =
      "SELECT count(*), coalesce(max(units), 0) FROM task_resource WHERE resource = :resource";

  private static final String DELETE =
      """
      WITH starts AS (DELETE FROM resource_start s USING resource r
        WHERE r.name = :name AND s.resource = r.id)
      DELETE FROM resource WHERE name = :name""";

  private record Needed(long tasks, int units) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.CHANGE_RESOURCES;
  }

  @Override
  public Outcome<Resource> executeOne(Batch batch, Request request) throws SQLException {
    return Outcome.done(make(batch, request));
  }

  private Resource make(Batch batch, Request request) throws SQLException {
    if (request instanceof Create creation) {
      return create(batch.connection(), creation);
    }
    return request instanceof Update update
        ? update(batch, update)
        : delete(batch.connection(), (Delete) request);
  }

  private static Resource create(Connection connection, Create request) throws SQLException {
    if (write(connection, INSERT, request.limits(), request.resourceId()) == 0) {
      throw exists(request.resourceId());
    }
    return new ResourceReader(connection).require(request.resourceId());
  }

  /** The refusal of a resource whose name is taken. */
  public static Refusal exists(String resourceId) {
    return Refusal.about(
        Refusal.Sort.ALREADY_EXISTS,
        RefusalReason.RESOURCE_EXISTS,
        "resources/" + resourceId,
        "exists already; update it, or choose another resource_id");
  }

  private Resource update(Batch batch, Update request) throws SQLException {
    Connection connection = batch.connection();
    ResourceReader reader = new ResourceReader(connection);
    int key = lock(connection, request.resourceId());
    Resource before = reader.require(request.resourceId());
    Etag.check(before.name(), before.etag(), request.etag());
    ResourceLimits wanted = request.change().apply(before.limits());
    if (!wanted.equals(before.limits())) {
      int needed = needed(connection, key).units();
      if (needed > wanted.most()) {
        throw needed(
            before,
            "cannot have only "
                + wanted.most()
                + " units: an unfinished task needs "
                + needed
                + "; cancel it, or wait for its end");
      }
      write(connection, UPDATE, wanted, request.resourceId());
      units.giveBack(batch, List.of(key));
    }
    return reader.require(request.resourceId());
  }

  private static Needed needed(Connection connection, int key) throws SQLException {
    return NamedSql.on(connection, NEEDED)
        .set("resource", key)
        .one(row -> new Needed(row.getLong(1), row.getInt(2)));
  }

  private static Resource delete(Connection connection, Delete request) throws SQLException {
    int key = lock(connection, request.resourceId());
    Resource resource = new ResourceReader(connection).require(request.resourceId());
    Etag.check(resource.name(), resource.etag(), request.etag());
    long tasks = needed(connection, key).tasks();
    if (tasks > 0) {
      throw needed(
          resource,
          "is needed by " + tasks + " unfinished tasks; wait for their end, or cancel them");
    }
    NamedSql.on(connection, DELETE).set("name", request.resourceId()).update();
    return resource;
  }

  private static Refusal needed(Resource resource, String what) {
    return Refusal.precondition(RefusalReason.RESOURCE_NEEDED, resource.name(), what);
  }

  private static int lock(Connection connection, String resourceId) throws SQLException {
    return NamedSql.on(connection, LOCK)
        .set("name", resourceId)
        .first(row -> row.getInt(1))
        .orElse(0); // the next read refuses it
  }

  private static int write(
      Connection connection, String sql, ResourceLimits limits, String resourceId)
      throws SQLException {
    return NamedSql.on(connection, sql)
        .set("capacity", limits.capacity())
        .set("refill_units", limits.refillUnits())
        .set("refill_period_ms", limits.refillPeriod().toMillis())
        .set("name", resourceId)
        .update();
  }
}
