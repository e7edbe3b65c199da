package io.tasklane.cli.apply;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields that only the server sets, which a file must not pretend to set. */
final class ServerFields {
  private static final Map<String, Set<String>> OF =
      Map.of(
          "WorkflowTemplate",
          Set.of("version", "create_time", "update_time", "etag"),
          "Workflow",
          Set.of(
              "name",
              "deadline_time",
              "state",
              "result",
              "failure",
              "node_statuses",
              "create_time",
              "end_time",
              "etag",
              "revision",
              "template",
              "template_version",
              "paused",
              "pause_actor",
              "cancel_actor",
              "run",
              "outer_workflow"),
          "Task",
          Set.of(
              "name",
              "workflow",
              "schedule",
              "state",
              "attempt",
              "progress",
              "result",
              "result_partial",
              "failure",
              "cancel_actor",
              "create_time",
              "start_time",
              "end_time",
              "next_attempt_time",
              "result_expire_time",
              "revision",
              "etag",
              "worker",
              "lost_count",
              "retry_of",
              "lost_alone_count"),
          "Schedule",
          Set.of(
              "disable_actor",
              "next_run_time",
              "recent_runs",
              "run_count",
              "overlap_skip_count",
              "missed_count",
              "etag",
              "enable_actor",
              "closed_count",
              "pending_count",
              "due_count",
              "running_count",
              "description",
              "error",
              "create_time"));

  private ServerFields() {}

  /** Whether only the server sets it. */
  static boolean isSet(FieldDescriptor field) {
    return OF.getOrDefault(field.getContainingType().getName(), Set.of()).contains(field.getName());
  }

  /** Names of the others. */
  static List<String> of(Message.Builder message) {
    return message.getDescriptorForType().getFields().stream()
        .filter(field -> !isSet(field))
        .map(FieldDescriptor::getName)
        .toList();
  }

  /** The message without what only the server sets, at every depth but in payloads. */
  static Message without(Message message) {
    Message.Builder kept = message.toBuilder();
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      if (isSet(field)) {
        kept.clearField(field);
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated()) {
        kept.setField(field, without((Message) message.getField(field)));
      }
    }
    return kept.build();
  }
}
