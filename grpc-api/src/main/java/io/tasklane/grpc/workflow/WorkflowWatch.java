package io.tasklane.grpc.workflow;

import io.tasklane.api.EventCursor;
import io.tasklane.event.EventService;
import io.tasklane.event.LogEvent;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.Deadline;
import io.tasklane.grpc.stream.Heartbeat;
import io.tasklane.grpc.stream.Lifetime;
import io.tasklane.grpc.stream.MessageSource;
import io.tasklane.v1.WatchWorkflowResponse;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.execution.WorkflowService;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.state.WorkflowNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The messages of WatchWorkflow: the workflow now, then after changes, until it has ended. Changes
 * that came since the message before are one message; where nothing changes for a while it is sent
 * again unchanged, as a heartbeat.
 */
final class WorkflowWatch implements MessageSource<WatchWorkflowResponse> {
  private static final int MOST_NODES = 500;
  private static final int BATCH = 500;

  /** How the data of an event about a node begin. */
  private static final Pattern NODE =
      Pattern.compile("^\\{\"node_id\":\"([^\"]+)\",\"index\":\\[([0-9,]*)\\]");

  private final WorkflowService workflows;
  private final EventService events;
  private final String workflowId;
  private final Alarm alarm;
  private final Duration lifetime;
  private final Set<NodeKey> changed = new LinkedHashSet<>();
  private Deadline end;
  private Heartbeat heartbeat;
  private EventCursor cursor;
  private boolean isFirst = true;
  private boolean hasEnded;

  WorkflowWatch(
      WorkflowService workflows,
      EventService events,
      String workflowId,
      Alarm alarm,
      Duration lifetime) {
    this.workflows = workflows;
    this.events = events;
    this.workflowId = workflowId;
    this.alarm = alarm;
    this.lifetime = lifetime;
  }

  @Override
  public void open(Runnable wake) {
    end = new Deadline(alarm, lifetime, wake);
    heartbeat = new Heartbeat(alarm, wake);
    String name = "workflows/" + workflowId;
    cursor =
        events.open(
            events.now(),
            event -> event.type().startsWith("workflow.") && event.subject().equals(name),
            wake);
  }

  @Override
  public Optional<WatchWorkflowResponse> next() {
    if (isFirst) {
      isFirst = false;
      Workflow whole = workflows.get(workflowId);
      return Optional.of(message(whole.with(List.of()), whole.nodes()));
    }
    if (hasEnded) {
      return Optional.empty();
    }
    if (poll()) {
      return Optional.of(changes());
    }
    if (end.isOver()) {
      throw Lifetime.over();
    }
    return heartbeat.isDue() ? Optional.of(changes()) : Optional.empty();
  }

  /** Reads what has happened, and returns whether anything has. */
  private boolean poll() {
    boolean any = !changed.isEmpty();
    while (changed.size() < MOST_NODES) {
      List<LogEvent> found = cursor.poll(BATCH);
      if (found.isEmpty()) {
        return any;
      }
      any = true;
      found.forEach(event -> node(event.data()).ifPresent(changed::add));
    }
    return any;
  }

  private static Optional<NodeKey> node(String data) {
    Matcher node = NODE.matcher(data);
    if (!node.find()) {
      return Optional.empty();
    }
    List<Integer> index = new ArrayList<>();
    for (String position : node.group(2).split(",")) {
      if (!position.isEmpty()) {
        index.add(Integer.valueOf(position));
      }
    }
    return Optional.of(new NodeKey(node.group(1), index));
  }

  /** The workflow is read after its nodes: what is sent last shows the end. */
  private WatchWorkflowResponse changes() {
    List<NodeKey> some = changed.stream().limit(MOST_NODES).toList();
    some.forEach(changed::remove);
    List<WorkflowNode> nodes = some.isEmpty() ? List.of() : workflows.nodes(workflowId, some);
    return message(workflows.brief(workflowId), nodes);
  }

  private WatchWorkflowResponse message(Workflow workflow, List<WorkflowNode> nodes) {
    heartbeat.sent();
    hasEnded = workflow.status().state().isEnded() && changed.isEmpty();
    WatchWorkflowResponse.Builder message =
        WatchWorkflowResponse.newBuilder()
            .setWorkflow(WorkflowMapping.toWire(workflow).toBuilder().clearRoot());
    nodes.stream().map(WorkflowMapping::toWire).forEach(message::addChangedNodes);
    return message.build();
  }

  @Override
  public boolean isDone() {
    return hasEnded;
  }

  @Override
  public void close() {
    end.cancel();
    heartbeat.end();
    if (cursor != null) {
      cursor.close();
    }
  }
}
