package io.tasklane.grpc.schedule;

import io.tasklane.grpc.task.TaskRequests;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.grpc.wire.RetryMapping;
import io.tasklane.grpc.wire.TimeoutMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.grpc.workflow.PlannedMapping;
import io.tasklane.schedule.stored.ScheduleAction;
import io.tasklane.task.Payload;
import io.tasklane.task.TaskRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.Task;
import io.tasklane.v1.TemplateStart;
import io.tasklane.workflow.template.PlannedWorkflow;
import io.tasklane.workflow.template.TemplateReference;
import java.util.HashMap;
import java.util.Map;

/** What schedules do, as the wire shows it and asks for it. */
final class ActionMapping {
  private ActionMapping() {}

  /**
   * What a client wants done.
   *
   * @throws io.tasklane.grpc.error.InvalidRequest naming the field that is missing or wrong
   */
  static ScheduleAction read(Schedule wire) {
    return switch (wire.getActionCase()) {
      case TASK -> {
        CreateTaskRequest task = CreateTaskRequest.newBuilder().setTask(wire.getTask()).build();
        yield new ScheduleAction.Create(TaskRequests.read(task, "schedule."));
      }
      case WORKFLOW ->
          new ScheduleAction.Start(PlannedMapping.read(wire.getWorkflow(), "schedule.workflow"));
      case TEMPLATE_START -> new ScheduleAction.Start(ofTemplate(wire.getTemplateStart()));
      case ACTION_NOT_SET ->
          throw TriggerMapping.wrong(
              "task", "is missing: say what each run does, by task, workflow or template_start");
    };
  }

  private static PlannedWorkflow ofTemplate(TemplateStart wire) {
    String id =
        WireName.WORKFLOW_TEMPLATE.id(wire.getTemplate(), "schedule.template_start.template");
    Map<String, Payload> inputs = new HashMap<>();
    wire.getInputsMap().forEach((name, value) -> inputs.put(name, PayloadMapping.fromWire(value)));
    return new PlannedWorkflow.OfTemplate(TemplateReference.parse(id), inputs);
  }

  static void add(ScheduleAction action, Schedule.Builder wire) {
    if (action instanceof ScheduleAction.Create create) {
      wire.setTask(toWire(create.task()));
      return;
    }
    PlannedWorkflow workflow = ((ScheduleAction.Start) action).workflow();
    if (workflow instanceof PlannedWorkflow.Tree tree) {
      wire.setWorkflow(PlannedMapping.toWire(tree));
    } else {
      PlannedWorkflow.OfTemplate of = (PlannedWorkflow.OfTemplate) workflow;
      TemplateStart.Builder start =
          wire.getTemplateStartBuilder().setTemplate(of.template().toString());
      of.inputs().forEach((name, value) -> start.putInputs(name, PayloadMapping.toWire(value)));
    }
  }

  /** The task as it was asked for. */
  private static Task toWire(TaskRequest task) {
    Task.Builder wire =
        Task.newBuilder()
            .setQueue(WireName.QUEUE.of(task.queue()))
            .setTaskType(task.taskType())
            .setInput(PayloadMapping.toWire(task.input()))
            .setPriority(task.priority().value())
            .setTimeouts(TimeoutMapping.toWire(task.timeouts()))
            .putAllLabels(task.labels())
            .putAllResourceUnits(task.rules().resourceUnits())
            .setPreemptible(task.rules().preemptible());
    task.retryPolicy().map(RetryMapping::toWire).ifPresent(wire::setRetryPolicy);
    task.resultTtl().map(WireTime::of).ifPresent(wire::setResultTtl);
    task.rules().orderingKey().ifPresent(wire::setOrderingKey);
    return wire.build();
  }
}
