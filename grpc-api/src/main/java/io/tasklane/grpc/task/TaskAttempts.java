package io.tasklane.grpc.task;

import io.tasklane.grpc.call.PageLimit;
import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.wire.FailureMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.key.FencingToken;
import io.tasklane.service.TaskService;
import io.tasklane.step.StepService;
import io.tasklane.step.TaskStep;
import io.tasklane.task.Attempt;
import io.tasklane.v1.ListTaskAttemptsRequest;
import io.tasklane.v1.ListTaskAttemptsResponse;
import java.util.List;

/** Lists the runs of a task, page by page. */
final class TaskAttempts {
  private final TaskService tasks;
  private final StepService steps;

  TaskAttempts(TaskService tasks, StepService steps) {
    this.tasks = tasks;
    this.steps = steps;
  }

  ListTaskAttemptsResponse list(ListTaskAttemptsRequest request) {
    PageToken token = new PageToken("attempts", request.getName());
    long after = token.position(request.getPageToken()).map(TaskAttempts::number).orElse(0L);
    int size = PageSize.of(request.getPageSize());
    String taskId = WireName.TASK.id(request.getName(), "name");
    List<Attempt> found = tasks.attempts(taskId, new FencingToken(after), size);
    List<TaskStep> all = steps.list(taskId);
    List<io.tasklane.v1.Attempt> page =
        PageLimit.fitting(found.stream().map(attempt -> toWire(attempt, all)).toList());
    ListTaskAttemptsResponse.Builder response =
        ListTaskAttemptsResponse.newBuilder().addAllAttempts(page);
    if (!page.isEmpty() && (page.size() < found.size() || page.size() == size)) {
      long last = page.get(page.size() - 1).getFencingToken();
      response.setNextPageToken(token.after(Long.toString(last)));
    }
    return response.build();
  }

  private static long number(String position) {
    try {
      return Long.parseLong(position);
    } catch (NumberFormatException notOurs) {
      throw PageToken.refused(position);
    }
  }

  private static io.tasklane.v1.Attempt toWire(Attempt attempt, List<TaskStep> steps) {
    io.tasklane.v1.Attempt.Builder wire =
        io.tasklane.v1.Attempt.newBuilder()
            .setNumber(attempt.number())
            .setFencingToken(attempt.fencingToken().value())
            .setExecutor(TaskMapping.executor(attempt.node()))
            .setStartTime(WireTime.of(attempt.startTime()))
            .setLog(attempt.log());
    attempt.endTime().map(WireTime::of).ifPresent(wire::setEndTime);
    attempt.failure().map(FailureMapping::toWire).ifPresent(wire::setFailure);
    steps.stream()
        .filter(step -> step.token().equals(attempt.fencingToken()))
        .map(StepMapping::toWire)
        .forEach(wire::addSteps);
    return wire.build();
  }
}
