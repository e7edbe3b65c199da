package io.tasklane.grpc.workflow;

import io.tasklane.api.ListPosition;
import io.tasklane.event.EventService;
import io.tasklane.filter.WorkflowFilter;
import io.tasklane.filter.WorkflowNodeFilter;
import io.tasklane.grpc.call.ListFilter;
import io.tasklane.grpc.call.PageLimit;
import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.call.PositionToken;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.v1.ListWorkflowNodesRequest;
import io.tasklane.v1.ListWorkflowNodesResponse;
import io.tasklane.v1.ListWorkflowsRequest;
import io.tasklane.v1.ListWorkflowsResponse;
import io.tasklane.v1.NodeStatus;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.execution.WorkflowService;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.state.WorkflowNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists workflows, and the nodes of one, page by page. */
final class WorkflowLists {
  private final WorkflowService workflows;
  private final EventService events;

  WorkflowLists(WorkflowService workflows, EventService events) {
    this.workflows = workflows;
    this.events = events;
  }

  ListWorkflowsResponse list(ListWorkflowsRequest request) {
    PageToken token = new PageToken("workflows", request.getFilter());
    Optional<ListPosition> after = PositionToken.of(token, request.getPageToken());
    WorkflowFilter filter = ListFilter.read(request.getFilter(), WorkflowFilter::parse);
    int size = PageSize.of(request.getPageSize());
    String now = events.now().encode(); // before the rows are read
    List<Workflow> found = workflows.list(filter, after, size);
    List<io.tasklane.v1.Workflow> page =
        PageLimit.fitting(found.stream().map(WorkflowMapping::toWire).toList());
    ListWorkflowsResponse.Builder response =
        ListWorkflowsResponse.newBuilder().addAllWorkflows(page).setResumeToken(now);
    if (!page.isEmpty() && (page.size() < found.size() || page.size() == size)) {
      long last = workflows.key(found.get(page.size() - 1).workflowId());
      response.setNextPageToken(
          token.after(PositionToken.text(new ListPosition(Optional.empty(), last))));
    }
    return response.build();
  }

  ListWorkflowNodesResponse nodes(ListWorkflowNodesRequest request) {
    PageToken token = new PageToken("nodes of " + request.getName(), request.getFilter());
    Optional<NodeKey> after =
        token.position(request.getPageToken()).map(text -> key(text, request.getPageToken()));
    WorkflowNodeFilter filter = ListFilter.read(request.getFilter(), WorkflowNodeFilter::parse);
    String id = WireName.WORKFLOW.id(request.getName(), "name");
    int size = PageSize.of(request.getPageSize());
    Optional<WorkflowNode> last =
        after.flatMap(key -> workflows.nodes(id, List.of(key)).stream().findFirst());
    List<WorkflowNode> found = workflows.nodes(id, filter, last, size);
    List<NodeStatus> page = PageLimit.fitting(found.stream().map(WorkflowMapping::toWire).toList());
    ListWorkflowNodesResponse.Builder response =
        ListWorkflowNodesResponse.newBuilder().addAllNodes(page);
    if (!page.isEmpty() && (page.size() < found.size() || page.size() == size)) {
      response.setNextPageToken(token.after(text(found.get(page.size() - 1).key())));
    }
    return response.build();
  }

  private static String text(NodeKey key) {
    StringBuilder text = new StringBuilder(key.nodeId());
    key.index().forEach(position -> text.append('.').append(position));
    return text.toString();
  }

  private static NodeKey key(String text, String token) {
    String[] parts = text.split("\\.");
    List<Integer> index = new ArrayList<>();
    try {
      for (int i = 1; i < parts.length; i++) {
        index.add(Integer.valueOf(parts[i]));
      }
    } catch (NumberFormatException notOurs) {
      throw PageToken.refused(token);
    }
    return new NodeKey(parts[0], index);
  }
}
