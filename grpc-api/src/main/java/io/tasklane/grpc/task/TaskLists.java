package io.tasklane.grpc.task;

import io.tasklane.app.EventDesk;
import io.tasklane.app.TaskDesk;
import io.tasklane.app.TaskQuery;
import io.tasklane.filter.FilterException;
import io.tasklane.filter.TaskFilter;
import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.call.ReadMask;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.task.Task;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.ListTasksResponse;
import java.util.List;
import java.util.Optional;

/** Lists tasks, newest first, page by page. */
final class TaskLists {
  /** A page ends early here, so that an answer stays under the 4 MiB that clients take. */
  private static final int MAXIMUM_BYTES = 3 * 1024 * 1024;

  private static final String NEWEST_FIRST = "create_time desc";

  private final TaskDesk tasks;
  private final EventDesk events;

  TaskLists(TaskDesk tasks, EventDesk events) {
    this.tasks = tasks;
    this.events = events;
  }

  ListTasksResponse list(ListTasksRequest request) {
    checkOrder(request.getOrderBy());
    PageToken token = new PageToken("tasks", request.getFilter());
    Optional<Long> before = token.position(request.getPageToken()).map(p -> key(p, request));
    TaskFilter filter = filter(request.getFilter());
    ReadMask<io.tasklane.v1.Task> mask =
        ReadMask.of(request.getReadMask(), io.tasklane.v1.Task.getDefaultInstance());
    int size = PageSize.of(request.getPageSize());
    // Taken before the read: what changes meanwhile is told again rather than missed.
    String resumeToken = events.now().encode();
    List<Task> found = tasks.list(query(filter, before, size));
    ListTasksResponse.Builder page = ListTasksResponse.newBuilder().setResumeToken(resumeToken);
    int taken = fill(page, found, mask);
    if (taken > 0 && (taken < found.size() || taken == size)) {
      page.setNextPageToken(token.after(Long.toString(found.get(taken - 1).id())));
    }
    return page.build();
  }

  private static int fill(
      ListTasksResponse.Builder page, List<Task> found, ReadMask<io.tasklane.v1.Task> mask) {
    int bytes = 0;
    int taken = 0;
    for (Task task : found) {
      io.tasklane.v1.Task wire = mask.of(TaskMapping.toWire(task));
      bytes += wire.getSerializedSize();
      if (taken > 0 && bytes > MAXIMUM_BYTES) {
        break;
      }
      page.addTasks(wire);
      taken++;
    }
    return taken;
  }

  private static TaskQuery query(TaskFilter filter, Optional<Long> before, int size) {
    return new TaskQuery(
        filter.states(),
        filter.queue(),
        filter.taskType(),
        filter.priority(),
        filter.labels(),
        before,
        size);
  }

  private static TaskFilter filter(String text) {
    try {
      return TaskFilter.parse(text);
    } catch (FilterException wrong) {
      throw InvalidRequest.field(Reason.FILTER, "filter", wrong.getMessage());
    }
  }

  private static Long key(String position, ListTasksRequest request) {
    try {
      return Long.valueOf(position);
    } catch (NumberFormatException notOurs) {
      throw PageToken.refused(request.getPageToken());
    }
  }

  private static void checkOrder(String orderBy) {
    if (!orderBy.isBlank() && !orderBy.strip().equals(NEWEST_FIRST)) {
      throw InvalidRequest.field(
          Reason.ORDER_BY,
          "order_by",
          "\"" + orderBy + "\" is not allowed: empty or \"" + NEWEST_FIRST + "\"");
    }
  }
}
