package io.tasklane.contract;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.tasklane.v1.DeadLetterServiceOuterClass;
import io.tasklane.v1.EventServiceOuterClass;
import io.tasklane.v1.MonitoringServiceOuterClass;
import io.tasklane.v1.QueueServiceOuterClass;
import io.tasklane.v1.ScheduleServiceOuterClass;
import io.tasklane.v1.TaskServiceOuterClass;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The part of the contract that the server answers with more than UNIMPLEMENTED. */
final class Served {
  private static final Set<String> METHODS =
      Set.of(
          "TaskService.CreateTask",
          "TaskService.BatchCreateTasks",
          "TaskService.StreamCreateTasks",
          "TaskService.GetTask",
          "TaskService.ListTasks",
          "TaskService.WaitTask",
          "TaskService.WatchTask",
          "TaskService.UpdateTask",
          "TaskService.CancelTask",
          "QueueService.CreateQueue",
          "QueueService.UpdateQueue",
          "QueueService.DrainQueue",
          "QueueService.DeleteQueue",
          "TaskService.RetryTask",
          "TaskService.ListTaskAttempts",
          "TaskService.ExplainTask",
          "TaskService.ListTaskTypes",
          "DeadLetterService.GetDeadLetter",
          "DeadLetterService.ListDeadLetters",
          "DeadLetterService.ReplayDeadLetter",
          "DeadLetterService.DiscardDeadLetter",
          "QueueService.GetQueue",
          "QueueService.ListQueues",
          "QueueService.PauseQueue",
          "QueueService.ResumeQueue",
          "QueueService.GetQueueStats",
          "QueueService.WatchQueueStats",
          "EventService.PublishEvents",
          "EventService.ListEvents",
          "EventService.SubscribeEvents",
          "ScheduleService.CreateSchedule",
          "ScheduleService.GetSchedule",
          "ScheduleService.ListSchedules",
          "ScheduleService.UpdateSchedule",
          "ScheduleService.DeleteSchedule",
          "ScheduleService.EnableSchedule",
          "ScheduleService.DisableSchedule",
          "ScheduleService.TriggerSchedule",
          "ScheduleService.BackfillSchedule",
          "ScheduleService.PreviewSchedule",
          "ScheduleService.ListScheduleRuns",
          "ScheduleService.CreateCalendar",
          "ScheduleService.GetCalendar",
          "ScheduleService.ListCalendars",
          "ScheduleService.UpdateCalendar",
          "ScheduleService.DeleteCalendar",
          "MonitoringService.GetSystemStatus");

  /** Messages of services that are not served, whose fields a request must not set. */
  private static final Set<String> UNSERVED =
      Set.of("tasklane.v1.Workflow", "tasklane.v1.TemplateStart");

  private final Set<Descriptor> messages = new LinkedHashSet<>();
  private final Set<EnumDescriptor> enums = new LinkedHashSet<>();

  Served() {
    methods().flatMap(m -> Stream.of(m.getInputType(), m.getOutputType())).forEach(this::add);
  }

  /** The services that serve at least one method. */
  static Stream<ServiceDescriptor> services() {
    return Stream.of(
            TaskServiceOuterClass.getDescriptor(),
            DeadLetterServiceOuterClass.getDescriptor(),
            QueueServiceOuterClass.getDescriptor(),
            EventServiceOuterClass.getDescriptor(),
            ScheduleServiceOuterClass.getDescriptor(),
            MonitoringServiceOuterClass.getDescriptor())
        .flatMap(file -> file.getServices().stream());
  }

  /** The methods that are served. */
  static Stream<MethodDescriptor> methods() {
    return services().flatMap(s -> s.getMethods().stream()).filter(Served::isServed);
  }

  static boolean isServed(MethodDescriptor method) {
    return METHODS.contains(method.getService().getName() + "." + method.getName());
  }

  static int expectedMethods() {
    return METHODS.size();
  }

  /** The messages of ours that those methods send or take, directly or inside others. */
  List<Descriptor> messages() {
    return List.copyOf(messages);
  }

  /** The enums of ours inside those messages. */
  List<EnumDescriptor> enums() {
    return List.copyOf(enums);
  }

  private void add(Descriptor message) {
    if (isOurs(message.getFullName())
        && !UNSERVED.contains(message.getFullName())
        && messages.add(message)) {
      message.getFields().forEach(this::add);
    }
  }

  private void add(FieldDescriptor field) {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      add(field.getMessageType());
    } else if (field.getJavaType() == FieldDescriptor.JavaType.ENUM
        && isOurs(field.getEnumType().getFullName())) {
      enums.add(field.getEnumType());
    }
  }

  private static boolean isOurs(String fullName) {
    return fullName.startsWith("tasklane.v1.");
  }
}
