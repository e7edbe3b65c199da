package io.tasklane.workflow.store;

import io.tasklane.database.Rows;
import io.tasklane.task.Actor;
import io.tasklane.workflow.state.WorkflowStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a decision needs of the row of a workflow.
 *
 * @param id its key
 * @param name final part of its name
 * @param definition key of its definition
 * @param inputs a JSON object, as text
 * @param transaction of its last change
 * @param status where it is
 * @param pauseActor who paused it
 * @param cancelActor who cancelled it
 * @param version grows with every change
 * @param outer the node that waits for its end; empty if none does
 * @param creator principal of whoever has started it
 */
public record WorkflowRecord(
    long id,
    String name,
    long definition,
    String inputs,
    long transaction,
    WorkflowStatus status,
    Optional<Actor> pauseActor,
    Optional<Actor> cancelActor,
    int version,
    Optional<OuterNode> outer,
    String creator) {
  /** SQL: the columns to read. */
  public static final String COLUMNS =
      "id, name, definition, inputs, move_xid, state, run, paused, stop, cause, result,"
          + " pause_principal, pause_reason, cancel_principal, cancel_reason, version,"
          + " outer_workflow, outer_node, outer_index, outer_run, outermost, depth,"
          + " create_principal";

  /** From a row with these columns. */
  public static WorkflowRecord read(ResultSet row) throws SQLException {
    return new WorkflowRecord(
        row.getLong("id"),
        row.getString("name"),
        row.getLong("definition"),
        row.getString("inputs"),
        row.getLong("move_xid"),
        status(row),
        actor(row, "pause"),
        actor(row, "cancel"),
        row.getInt("version"),
        OuterNode.read(row),
        row.getString("create_principal"));
  }

  /** The status in a row. */
  static WorkflowStatus status(ResultSet row) throws SQLException {
    return new WorkflowStatus(
        WorkflowStatus.State.of(row.getInt("state")),
        row.getInt("run"),
        row.getBoolean("paused"),
        StateJson.cause(row.getString("stop")),
        StateJson.cause(row.getString("cause")),
        StateJson.output(row.getString("result")));
  }

  /** Who did something, as two columns have it. */
  static Optional<Actor> actor(ResultSet row, String what) throws SQLException {
    Optional<String> principal = Rows.text(row, what + "_principal");
    return principal.isEmpty()
        ? Optional.empty()
        : Optional.of(new Actor(principal.get(), row.getString(what + "_reason")));
  }

  /** The same in another status; what was said about a pause ends with it. */
  public WorkflowRecord with(WorkflowStatus other) {
    Optional<Actor> pause = other.paused() ? pauseActor : Optional.empty();
    Optional<Actor> cancel = other.run() == status.run() ? cancelActor : Optional.empty();
    return new WorkflowRecord(
        id, name, definition, inputs, transaction, other, pause, cancel, version, outer, creator);
  }

  /** The same, awaited by this run of the node that has started it. */
  public WorkflowRecord awaitedBy(int run) {
    Optional<OuterNode> later = outer.map(node -> node.in(run));
    return new WorkflowRecord(
        id,
        name,
        definition,
        inputs,
        transaction,
        status,
        pauseActor,
        cancelActor,
        version,
        later,
        creator);
  }

  /** The same, paused by somebody. */
  public WorkflowRecord pausedBy(Actor actor) {
    return new WorkflowRecord(
        id,
        name,
        definition,
        inputs,
        transaction,
        status,
        Optional.of(actor),
        cancelActor,
        version,
        outer,
        creator);
  }

  /** The same, cancelled by somebody. */
  public WorkflowRecord cancelledBy(Actor actor) {
    return new WorkflowRecord(
        id,
        name,
        definition,
        inputs,
        transaction,
        status,
        pauseActor,
        Optional.of(actor),
        version,
        outer,
        creator);
  }
}
