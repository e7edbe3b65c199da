package io.tasklane.cli.importer;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.tasklane.cli.importer.text.LeftOut;
import io.tasklane.v1.Node;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.Task;
import io.tasklane.v1.WorkflowTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes schedules of entries, and templates of entries that are chains. */
final class Conversion {
  private static final int LONGEST = 50;

  private final Mapping mapping;
  private final boolean disabled;
  private final Set<String> taken = new HashSet<>();

  /**
   * Converts by this mapping.
   *
   * @param disabled whether the schedules start nothing until somebody enables them
   */
  Conversion(Mapping mapping, boolean disabled) {
    this.mapping = mapping;
    this.disabled = disabled;
  }

  /**
   * Something that {@code tasklane apply} keeps.
   *
   * @param line of the entry it was made of
   * @param entry its name in the file
   * @param kind as files of apply call it
   * @param id final part of its name
   * @param message the whole of it
   */
  record Made(int line, String entry, String kind, String id, Message message) {}

  /** What is to be kept, templates before the schedules that start them. */
  List<Made> of(List<Entry> entries, Report report) {
    List<Made> made = new ArrayList<>();
    for (Entry entry : entries) {
      try {
        made.addAll(of(entry));
      } catch (LeftOut why) {
        report.add(entry.line(), entry.name(), why.getMessage());
      }
    }
    return made;
  }

  /** All these systems start a run whether the one before has ended or not. */
  private List<Made> of(Entry entry) throws LeftOut {
    List<Task> tasks = new ArrayList<>();
    for (Entry.Step step : entry.steps()) {
      tasks.add(task(step));
    }
    String id = id(entry.name());
    Schedule.Builder schedule =
        entry.schedule().toBuilder().setOverlapPolicy(Schedule.OverlapPolicy.OVERLAP_POLICY_ALLOW);
    if (disabled) {
      schedule.setDisabled(true);
    }
    if (tasks.size() == 1) {
      schedule.setTask(tasks.get(0));
      return List.of(made(entry, "Schedule", id, schedule.build()));
    }
    schedule.getTemplateStartBuilder().setTemplate("workflowTemplates/" + id);
    return List.of(
        made(entry, "WorkflowTemplate", id, template(tasks)),
        made(entry, "Schedule", id, schedule.build()));
  }

  private static Made made(Entry entry, String kind, String id, Message message) {
    return new Made(entry.line(), entry.name(), kind, id, message);
  }

  private Task task(Entry.Step step) throws LeftOut {
    Task.Builder task =
        Task.newBuilder()
            .setQueue(mapping.queue(step))
            .setTaskType(mapping.type(step))
            .setPriority(step.priority())
            .setInput(
                Payload.newBuilder()
                    .setContentType("application/json")
                    .setInline(ByteString.copyFromUtf8(step.input().toString())));
    if (step.attempts() > 0) {
      task.getRetryPolicyBuilder().setMaximumAttempts(step.attempts());
    }
    step.waitsAtMost().ifPresent(time -> task.getTimeoutsBuilder().setQueueTimeout(time));
    return task.build();
  }

  private static WorkflowTemplate template(List<Task> tasks) {
    WorkflowTemplate.Builder template = WorkflowTemplate.newBuilder();
    Node.Builder root = template.getWorkflowBuilder().getRootBuilder().setNodeId("all");
    for (int i = 0; i < tasks.size(); i++) {
      root.getChainBuilder()
          .addNodes(Node.newBuilder().setNodeId("step" + (i + 1)).setTask(tasks.get(i)));
    }
    return template.build();
  }

  /** A name in our alphabet, which no other entry of the file has. */
  private String id(String name) {
    String plain =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[-0-9]+|-+$", "");
    String start = plain.isEmpty() ? "imported" : plain;
    String id = start.substring(0, Math.min(start.length(), LONGEST)).replaceAll("-$", "");
    String free = id;
    for (int i = 2; !taken.add(free); i++) {
      free = id + "-" + i;
    }
    return free;
  }
}
