package io.tasklane.grpc.quick;

import io.tasklane.v1.Dependency;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Task;
import java.util.List;
import java.util.Map;

/** Recognises tasks that surely keep the rules of the contract. */
final class QuickTask {
  private static final int HIGHEST_PRIORITY = 10;
  private static final int MOST_DEPENDENCIES = 1000;
  private static final int MOST_LABELS = 64;
  private static final int MOST_RESOURCES = 16;
  private static final int MOST_UNITS = 1_000_000;
  private static final int MOST_BYTES = 262_144;
  private static final long LONGEST_TTL_SECONDS = 2_592_000;

  private QuickTask() {}

  static boolean isFine(Task task) {
    return Form.QUEUE_NAME.fits(task.getQueue())
        && Form.TASK_TYPE.fits(task.getTaskType())
        && task.getPriority() >= 0
        && task.getPriority() <= HIGHEST_PRIORITY
        && Form.KEY.fits(task.getOrderingKey())
        && Form.KEY.fits(task.getDeduplicationKey())
        && (!task.hasInput() || isFine(task.getInput()))
        && areFine(task.getDependenciesList())
        && areLabels(task.getLabelsMap())
        && areUnits(task.getResourceUnitsMap())
        && areLimitsFine(task)
        && hasOnlyWhatIsServed(task);
  }

  private static boolean areLimitsFine(Task task) {
    return (!task.hasRetryPolicy() || QuickLimits.isFine(task.getRetryPolicy()))
        && (!task.hasTimeouts() || QuickLimits.isFine(task.getTimeouts()))
        && (!task.hasResultTtl()
            || QuickLimits.isPositive(task.getResultTtl(), LONGEST_TTL_SECONDS));
  }

  /** What the server sets has rules too, where it is a payload for example. */
  private static boolean hasOnlyWhatIsServed(Task task) {
    return task.getWorkflow().isEmpty()
        && task.getSchedule().isEmpty()
        && !task.hasProgress()
        && !task.hasResult()
        && !task.hasFailure()
        && !task.hasCancelActor();
  }

  private static boolean isFine(Payload input) {
    String type = input.getContentType();
    return Form.TOKEN.fits(type)
        && !type.equals(io.tasklane.task.Payload.REFERENCE)
        && input.getInline().size() <= MOST_BYTES
        && !input.hasReference();
  }

  private static boolean areFine(List<Dependency> dependencies) {
    for (Dependency one : dependencies) {
      if (!Form.TASK_NAME.fits(one.getTask())
          || one.getPolicy() == Dependency.Policy.UNRECOGNIZED
          || !Form.INPUT_KEY.fits(one.getInputKey())) {
        return false;
      }
    }
    return dependencies.size() <= MOST_DEPENDENCIES;
  }

  private static boolean areLabels(Map<String, String> labels) {
    for (Map.Entry<String, String> label : labels.entrySet()) {
      if (!Form.LABEL.fits(label.getKey()) || !Form.KEY.fits(label.getValue())) {
        return false;
      }
    }
    return labels.size() <= MOST_LABELS;
  }

  private static boolean areUnits(Map<String, Integer> units) {
    for (Map.Entry<String, Integer> held : units.entrySet()) {
      if (!Form.RESOURCE.fits(held.getKey())
          || held.getValue() < 1
          || held.getValue() > MOST_UNITS) {
        return false;
      }
    }
    return units.size() <= MOST_RESOURCES;
  }
}
