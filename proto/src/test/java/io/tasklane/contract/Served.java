package io.tasklane.contract;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.tasklane.v1.ArtifactServiceOuterClass;
import io.tasklane.v1.BatchOperationServiceOuterClass;
import io.tasklane.v1.DeadLetterServiceOuterClass;
import io.tasklane.v1.EventServiceOuterClass;
import io.tasklane.v1.FactServiceOuterClass;
import io.tasklane.v1.MonitoringServiceOuterClass;
import io.tasklane.v1.QueueServiceOuterClass;
import io.tasklane.v1.ResourceServiceOuterClass;
import io.tasklane.v1.ScheduleServiceOuterClass;
import io.tasklane.v1.TaskServiceOuterClass;
import io.tasklane.v1.TriggerServiceOuterClass;
import io.tasklane.v1.WorkerServiceOuterClass;
import io.tasklane.v1.WorkflowServiceOuterClass;
import io.tasklane.v1.WorkflowTemplateServiceOuterClass;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The part of the contract that the server answers with more than UNIMPLEMENTED. */
final class Served {
  /** Methods of those services that answer UNIMPLEMENTED. */
  private static final Set<String> UNSERVED =
      Set.of("MonitoringService.QueryMetrics", "MonitoringService.ListAuditEntries");

  private final Set<Descriptor> messages = new LinkedHashSet<>();
  private final Set<EnumDescriptor> enums = new LinkedHashSet<>();

  Served() {
    methods().flatMap(m -> Stream.of(m.getInputType(), m.getOutputType())).forEach(this::add);
  }

  /** The services that serve at least one method. */
  static Stream<ServiceDescriptor> services() {
    return Stream.of(
            ArtifactServiceOuterClass.getDescriptor(),
            BatchOperationServiceOuterClass.getDescriptor(),
            DeadLetterServiceOuterClass.getDescriptor(),
            EventServiceOuterClass.getDescriptor(),
            FactServiceOuterClass.getDescriptor(),
            MonitoringServiceOuterClass.getDescriptor(),
            QueueServiceOuterClass.getDescriptor(),
            ResourceServiceOuterClass.getDescriptor(),
            ScheduleServiceOuterClass.getDescriptor(),
            TaskServiceOuterClass.getDescriptor(),
            TriggerServiceOuterClass.getDescriptor(),
            WorkerServiceOuterClass.getDescriptor(),
            WorkflowServiceOuterClass.getDescriptor(),
            WorkflowTemplateServiceOuterClass.getDescriptor())
        .flatMap(file -> file.getServices().stream());
  }

  /** The methods that are served. */
  static Stream<MethodDescriptor> methods() {
    return services().flatMap(s -> s.getMethods().stream()).filter(Served::isServed);
  }

  static boolean isServed(MethodDescriptor method) {
    return !UNSERVED.contains(method.getService().getName() + "." + method.getName());
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
    if (isOurs(message.getFullName()) && messages.add(message)) {
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
