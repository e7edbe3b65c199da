package io.tasklane.worker;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.database.Rows;
import io.tasklane.tasktype.RegisterTypes;
import io.tasklane.tasktype.TypeRegistration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Enters a worker that says Hello, and registers the types that it serves. */
public final class ConnectWorkers
    implements SingleCommand<ConnectWorkers.Connect, ConnectWorkers.Connected> {
  /**
   * Opens a stream for a worker that is new, or that comes back after a break.
   *
   * @param hello what it says
   * @param newId its id if it is a new worker
   * @param node where its stream ends
   */
  public record Connect(Hello hello, String newId, String node) {}

  /**
   * A worker that is known.
   *
   * @param worker key of its row
   * @param workerId final part of its name
   * @param stream number of its stream
   * @param leases that it holds
   */
  public record Connected(long worker, String workerId, long stream, List<HeldLease> leases) {}

  private static final String ENTER =
      """
      INSERT INTO worker (name, start_time, host, version, queues, task_types, slots, state, stream,
          heartbeat_time, node)
      VALUES (:name, clock_timestamp(), :host, :version, :queues, :types, :slots, 1, 1,
          clock_timestamp(), :node)
      RETURNING id, stream""";

  /** Credits begin anew with each stream. A worker that drains goes on draining. */
  private static final String RETURN =
      """
      UPDATE worker SET host = :host, version = :version, queues = :queues, task_types = :types,
          slots = :slots, stream = stream + 1, node = :node, credits = 0,
          renewal_no = renewal_no + 1, heartbeat_time = clock_timestamp()
      WHERE name = :name AND state <= 3
      RETURNING id, stream""";

  private record Row(long id, long stream) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.CONNECT_WORKERS;
  }

  @Override
  public Outcome<Connected> executeOne(Batch batch, Connect connect) throws SQLException {
    Connection connection = batch.connection();
    Hello hello = connect.hello();
    String id = hello.workerId().orElse(connect.newId());
    if (hello.workerId().isPresent() && !lives(connection, id)) {
      return Outcome.refused(lost(id));
    }
    RegisterTypes.register(
        batch,
        new RegisterTypes.Request(
            TypeRegistration.Source.WORKER,
            hello.types().stream()
                .map(type -> new RegisterTypes.Definition(type.type(), type.revision()))
                .toList()));
    Optional<Row> row =
        write(connection, hello.workerId().isPresent() ? RETURN : ENTER, id, connect);
    if (row.isEmpty()) {
      return Outcome.again(); // it was declared lost in between
    }
    return Outcome.done(
        new Connected(
            row.get().id(), id, row.get().stream(), HeldLease.of(connection, row.get().id())));
  }

  private static boolean lives(Connection connection, String id) throws SQLException {
    return NamedSql.on(connection, "SELECT FROM worker WHERE name = :name AND state <= 3")
        .set("name", id)
        .exists();
  }

  private static Optional<Row> write(Connection connection, String sql, String id, Connect connect)
      throws SQLException {
    Hello hello = connect.hello();
    Parameters parameters =
        NamedSql.on(connection, sql)
            .set("name", id)
            .set("host", Rows.storable(hello.host()))
            .set("version", Rows.storable(hello.version()))
            .set("queues", "text", hello.queues())
            .set("types", "text", hello.types().stream().map(type -> type.type().name()).toList())
            .set("slots", hello.slots())
            .set("node", connect.node());
    return parameters.first(row -> new Row(row.getLong(1), row.getLong(2)));
  }

  /** The refusal of a worker that has lost its leases, or has left. */
  public static Refusal lost(String workerId) {
    return Refusal.precondition(
        RefusalReason.WORKER_LOST,
        "workers/" + workerId,
        "was lost, or has left: its leases are over; begin as a new worker, without a name");
  }
}
