package io.tasklane.resource;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Creates, changes and deletes resources. Tasks that were set aside profit from more units at once.
 */
public final class ChangeResources implements CommandKind<ChangeResources.Request, Resource> {
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
      INSERT INTO resource (capacity, refill_units, refill_period_ms, name) VALUES (?, ?, ?, ?)
      ON CONFLICT (name) DO NOTHING""";
  private static final String UPDATE =
      """
      UPDATE resource SET capacity = ?, refill_units = ?, refill_period_ms = ?,
          version = version + 1 WHERE name = ?""";

  /** Waits for claims and creations that hold a lock on the resource. */
  private static final String LOCK = "SELECT id FROM resource WHERE name = ? FOR UPDATE";

  /** Counts the unfinished tasks that need it; ended tasks no longer have rows. */
  private static final String NEEDED =
      "SELECT count(*), coalesce(max(units), 0) FROM task_resource WHERE resource = ?";

  private static final String DELETE =
      """
      WITH starts AS (DELETE FROM resource_start s USING resource r
        WHERE r.name = ? AND s.resource = r.id)
      DELETE FROM resource WHERE name = ?""";

  private final ResourceUnits units;

  /** Returns tasks that were set aside to their queues with this. */
  public ChangeResources(ResourceUnits units) {
    this.units = units;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.CHANGE_RESOURCES;
  }

  @Override
  public List<Outcome<Resource>> execute(Batch batch, List<Request> requests) throws SQLException {
    List<Outcome<Resource>> outcomes = new ArrayList<>();
    for (Request request : requests) {
      try {
        outcomes.add(Outcome.done(make(batch, request)));
      } catch (Refusal refusal) {
        outcomes.add(Outcome.refused(refusal));
      }
    }
    return outcomes;
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
    return Refusal.of(
        Refusal.Sort.ALREADY_EXISTS,
        "RESOURCE_EXISTS",
        "resources/" + resourceId,
        "resources/" + resourceId + " exists already; update it, or choose another resource_id");
  }

  private Resource update(Batch batch, Update request) throws SQLException {
    Connection connection = batch.connection();
    ResourceReader reader = new ResourceReader(connection);
    int key = lock(connection, request.resourceId());
    Resource before = reader.require(request.resourceId());
    check(before, request.etag());
    ResourceLimits wanted = request.change().apply(before.limits());
    if (!wanted.equals(before.limits())) {
      checkNeeds(connection, key, before, wanted);
      write(connection, UPDATE, wanted, request.resourceId());
      units.giveBack(batch, List.of(key));
    }
    return reader.require(request.resourceId());
  }

  private static void checkNeeds(
      Connection connection, int key, Resource resource, ResourceLimits wanted)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEEDED)) {
      statement.setInt(1, key);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getInt(2) > wanted.most()) {
          throw needed(
              resource,
              "cannot have only "
                  + wanted.most()
                  + " units: an unfinished task needs "
                  + row.getInt(2)
                  + "; cancel it, or wait for its end");
        }
      }
    }
  }

  private static Resource delete(Connection connection, Delete request) throws SQLException {
    int key = lock(connection, request.resourceId());
    Resource resource = new ResourceReader(connection).require(request.resourceId());
    check(resource, request.etag());
    try (PreparedStatement statement = connection.prepareStatement(NEEDED)) {
      statement.setInt(1, key);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getLong(1) > 0) {
          throw needed(
              resource,
              "is needed by "
                  + row.getLong(1)
                  + " unfinished tasks; wait for their end, or cancel them");
        }
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      statement.setString(1, request.resourceId());
      statement.setString(2, request.resourceId());
      statement.executeUpdate();
    }
    return resource;
  }

  private static Refusal needed(Resource resource, String what) {
    return Refusal.of(
        Refusal.Sort.FAILED_PRECONDITION,
        "RESOURCE_NEEDED",
        resource.name(),
        resource.name() + " " + what);
  }

  private static int lock(Connection connection, String resourceId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, resourceId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getInt(1) : 0; // the next read refuses it
      }
    }
  }

  private static void check(Resource resource, Optional<String> etag) {
    if (etag.isPresent() && !etag.get().equals(resource.etag())) {
      throw Refusal.of(
          Refusal.Sort.ABORTED,
          "ETAG_MISMATCH",
          resource.name(),
          resource.name()
              + " has changed: its etag is "
              + resource.etag()
              + ", not "
              + etag.get()
              + "; read it again, and change that");
    }
  }

  private static int write(
      Connection connection, String sql, ResourceLimits limits, String resourceId)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, limits.capacity());
      statement.setInt(2, limits.refillUnits());
      statement.setLong(3, limits.refillPeriod().toMillis());
      statement.setString(4, resourceId);
      return statement.executeUpdate();
    }
  }
}
