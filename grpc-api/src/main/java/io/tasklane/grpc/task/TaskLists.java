package io.tasklane.grpc.task;

import io.tasklane.api.ListPosition;
import io.tasklane.api.TaskOrder;
import io.tasklane.api.TaskPage;
import io.tasklane.api.TaskQuery;
import io.tasklane.event.EventService;
import io.tasklane.filter.TaskFilter;
import io.tasklane.grpc.call.ListFilter;
import io.tasklane.grpc.call.PageLimit;
import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.call.PositionToken;
import io.tasklane.grpc.call.ReadMask;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.service.TaskService;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.ListTasksResponse;
import io.tasklane.v1.Task;
import java.util.List;
import java.util.Optional;

/** Lists tasks, page by page. */
final class TaskLists {
  private final TaskService tasks;
  private final EventService events;

  TaskLists(TaskService tasks, EventService events) {
    this.tasks = tasks;
    this.events = events;
  }

  ListTasksResponse list(ListTasksRequest request) {
    TaskOrder order = order(request.getOrderBy());
    PageToken token = new PageToken("tasks " + order, request.getFilter());
    Optional<ListPosition> after = PositionToken.of(token, request.getPageToken());
    TaskFilter filter = ListFilter.read(request.getFilter(), TaskFilter::parse);
    ReadMask<Task> mask = ReadMask.of(request.getReadMask(), Task.getDefaultInstance());
    int size = PageSize.of(request.getPageSize());
    // Taken before the read: what changes meanwhile is reported twice rather than missed.
    String resumeToken = events.now().encode();
    TaskPage found = tasks.list(new TaskQuery(filter, order, after, size));
    List<Task> page =
        PageLimit.fitting(found.tasks().stream().map(TaskMapping::toWire).map(mask::of).toList());
    ListTasksResponse.Builder response =
        ListTasksResponse.newBuilder().setResumeToken(resumeToken).addAllTasks(page);
    Optional<ListPosition> next =
        page.size() < found.tasks().size()
            ? Optional.of(found.places().get(page.size() - 1))
            : found.next();
    next.map(PositionToken::text).map(token::after).ifPresent(response::setNextPageToken);
    return response.build();
  }

  private static TaskOrder order(String orderBy) {
    return switch (orderBy.strip()) {
      case "", "create_time desc" -> TaskOrder.NEWEST_FIRST;
      case "create_time" -> TaskOrder.OLDEST_FIRST;
      case "end_time desc" -> TaskOrder.LAST_ENDED_FIRST;
      default ->
          throw InvalidRequest.field(
              Reason.ORDER_BY,
              "order_by",
              "\""
                  + orderBy
                  + "\" is not allowed: empty, \"create_time desc\", \"create_time\" or"
                  + " \"end_time desc\"");
    };
  }
}
