package io.tasklane.workflow.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.event.EventKind;
import io.tasklane.feature.EventCodec;
import io.tasklane.json.JsonValue;
import io.tasklane.task.Actor;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.WorkflowStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what happens to a workflow in one command, and writes it into the log. */
public final class WorkflowEvents {
  /** Reads the events of workflows. */
  public static final List<EventCodec> CODECS =
      List.of(
          EventCodec.stored(EventKind.WORKFLOW_STARTED, "workflow.started"),
          EventCodec.stored(EventKind.WORKFLOW_STATE_CHANGED, "workflow.state_changed"),
          EventCodec.stored(EventKind.WORKFLOW_NODE_CHANGED, "workflow.node_changed"),
          EventCodec.stored(EventKind.WORKFLOW_NODE_DECIDED, "workflow.node_decided"));

  /** Numbers are drawn in the order of the rows. */
  private static final String INSERT =
      """
      WITH added AS (
        INSERT INTO task_event (xid, seq, time, kind, version, subject, actor, data)
        SELECT pg_current_xact_id()::text::bigint, nextval('event_seq'), clock_timestamp(), u.kind,
            :version, 'workflows/' || :name, u.actor, u.data
        FROM unnest(:kinds::int[], :actors::text[], :data::text[]) WITH ORDINALITY
          AS u (kind, actor, data, position)
        ORDER BY u.position
        RETURNING seq)
      SELECT max(seq) FROM added""";

  private record Entry(EventKind kind, String actor, String data) {}

  private final List<Entry> entries = new ArrayList<>();
  private final String actor;

  /**
   * Nothing has happened yet.
   *
   * @param actor principal of whoever causes it
   */
  WorkflowEvents(String actor) {
    this.actor = actor;
  }

  void started(WorkflowStatus status) {
    ObjectNode data = JsonValue.NODES.objectNode();
    data.put("state", status.state().name());
    add(EventKind.WORKFLOW_STARTED, actor, data);
  }

  void changed(WorkflowStatus before, WorkflowStatus after) {
    ObjectNode data = JsonValue.NODES.objectNode();
    data.put("state", after.state().name());
    data.put("previous_state", before.state().name());
    data.put("run", after.run());
    data.put("paused", after.paused());
    failure(data, after.cause());
    add(EventKind.WORKFLOW_STATE_CHANGED, actor, data);
  }

  void nodeChanged(NodeKey key, Optional<NodeState> before, NodeRecord after) {
    ObjectNode data = node(key);
    data.put("state", after.instance().state().name());
    before.ifPresent(state -> data.put("previous_state", state.name()));
    data.put("run", after.instance().run());
    failure(data, after.instance().cause());
    add(EventKind.WORKFLOW_NODE_CHANGED, actor, data);
  }

  void nodeDecided(NodeKey key, Actor by, boolean approved) {
    ObjectNode data = node(key);
    data.put("decision", approved ? "APPROVE" : "REJECT");
    data.put("principal", by.principal());
    data.put("reason", by.reason());
    add(EventKind.WORKFLOW_NODE_DECIDED, by.principal(), data);
  }

  private static ObjectNode node(NodeKey key) {
    ObjectNode data = JsonValue.NODES.objectNode();
    data.put("node_id", key.nodeId());
    ArrayNode index = data.putArray("index");
    key.index().forEach(index::add);
    return data;
  }

  private static void failure(ObjectNode data, Optional<Cause> cause) {
    cause.ifPresent(
        why -> {
          data.put("failure_kind", why.kind().name());
          data.put("failure_code", why.code());
          data.put("failure_message", why.message());
        });
  }

  private void add(EventKind kind, String by, ObjectNode data) {
    entries.add(new Entry(kind, by, JsonValue.text(data)));
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Writes them, and returns the revision of the last. */
  long write(Connection connection, WorkflowRecord workflow) throws SQLException {
    long last =
        NamedSql.on(connection, INSERT)
            .set("version", workflow.version() + 1)
            .set("name", workflow.name())
            .rows(entries)
            .add("kinds", "int4", entry -> entry.kind().code())
            .add("actors", "text", entry -> Rows.storable(entry.actor()))
            .add("data", "text", Entry::data)
            .one(row -> row.getLong(1));
    entries.clear();
    return last;
  }
}
