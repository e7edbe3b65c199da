package io.tasklane.differential;

import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What clients and the passing of time do to tasks that wait, and the wish to cancel a run. */
final class ModelWaiting {
  private static final Map<String, String> MESSAGES =
      Map.of(
          "EXPIRED", "it had not started by its expire_time",
          "QUEUE_TIMEOUT", "it had not started within its queue_timeout",
          "TOTAL_TIMEOUT", "its total_timeout was over while it waited for its next attempt");

  private final Model model;

  ModelWaiting(Model model) {
    this.model = model;
  }

  /** Runs a command. */
  String outcome(Command command) {
    if (command instanceof Command.Cancel cancel) {
      return model.requests.once("cancel", cancel.requestId(), cancel, () -> cancel(cancel));
    } else if (command instanceof Command.Update update) {
      return model.requests.once("update", update.requestId(), update, () -> update(update));
    } else if (command instanceof Command.ReleaseDue) {
      return "released " + releaseDue();
    } else if (command instanceof Command.Expire) {
      expireAll(model);
      return "looked";
    } else if (command instanceof Command.Discard discard) {
      return discard(discard.task());
    }
    throw new IllegalArgumentException("no rule for " + command);
  }

  private String cancel(Command.Cancel cancel) {
    ModelTask task = model.tasks.get(cancel.task());
    if (task == null) {
      return "refused TASK_NOT_FOUND";
    }
    boolean again = task.state == TaskState.CANCELLING;
    boolean asked = again && (task.forced || !cancel.force()) || task.state == TaskState.CANCELLED;
    if (!asked && task.state.isFinal()) {
      return "refused TASK_ENDED";
    }
    if (!asked) {
      if (cancel.force() && !task.isRunning()) {
        model.doubts.add(
            "force for what waits: the build of the recorded dumps called it a failure code");
      }
      Move move = task.isRunning() ? Move.REQUEST_CANCEL : Move.CANCEL;
      // the first actor remains; in a script all have the same name
      task.canceller = Model.CLIENT + ": no longer";
      task.nextAttempt = null;
      task.forced = cancel.force();
      var since = task.since;
      boolean isDetail = cancel.force() && task.isRunning();
      model.move(task, move, Model.CLIENT, isDetail ? "force" : "");
      if (again) {
        task.since = since; // its state began before
      }
      if (task.state.isFinal()) {
        model.ends.ended(List.of(task));
      }
    }
    return answer(task);
  }

  private static String answer(ModelTask task) {
    return task.name() + " " + task.state + " v" + task.version;
  }

  private String update(Command.Update update) {
    ModelTask task = model.tasks.get(update.task());
    if (task == null) {
      return "refused TASK_NOT_FOUND";
    }
    TaskChange change = update.change();
    if (change.version().filter(version -> version != task.version).isPresent()) {
      return "refused ETAG_MISMATCH";
    }
    if (task.state.isFinal()) {
      return "refused TASK_ENDED";
    }
    boolean timed = change.runAfterHour().isPresent() || change.expireHour().isPresent();
    if (task.isRunning() || timed && task.started != null) {
      return "refused TASK_STARTED";
    }
    String before = Integer.toString(task.priority);
    change.priority().ifPresent(priority -> task.priority = priority);
    change.runAfterHour().ifPresent(hour -> task.runAfterHour = hour);
    change.expireHour().ifPresent(hour -> task.expireHour = hour);
    change.labels().ifPresent(labels -> task.labels = labels);
    var since = task.since;
    model.move(task, Move.UPDATE, Model.CLIENT, before);
    task.since = since; // its state began before
    boolean later = task.runAfterHour > model.hour();
    if (task.state == TaskState.QUEUED && later) {
      model.move(task, Move.SCHEDULE, Model.CLIENT, "");
    } else if (task.state == TaskState.SCHEDULED && !later) {
      comeDue(task, Model.CLIENT);
    }
    return answer(task);
  }

  private void comeDue(ModelTask task, String actor) {
    task.nextAttempt = null;
    task.rank = 1;
    model.move(task, Move.COME_DUE, actor, "");
  }

  private int releaseDue() {
    int released = 0;
    for (ModelTask task : List.copyOf(model.tasks.values())) {
      boolean due =
          task.state == TaskState.SCHEDULED && task.runAfterHour <= model.hour()
              || task.state == TaskState.RETRY_WAIT && !task.nextAttempt.isAfter(model.now());
      if (due) {
        released++;
        comeDue(task, "system:due");
        if (task.keyWaits) {
          model.ends.comeBack(task);
        }
      }
    }
    return released;
  }

  /** Why it waits no longer, empty while it may. */
  static Optional<String> over(Model model, ModelTask task) {
    if (task.started == null && model.hasCome(task.expireHour)) {
      return Optional.of("EXPIRED");
    }
    Duration longest = Duration.ofHours(task.spec.queueHours());
    boolean waits = task.started == null && task.state == TaskState.QUEUED && !longest.isZero();
    if (waits && !task.since.plus(longest).isAfter(model.now())) {
      return Optional.of("QUEUE_TIMEOUT");
    }
    return task.totalDeadline != null && !task.totalDeadline.isAfter(model.now())
        ? Optional.of("TOTAL_TIMEOUT")
        : Optional.empty();
  }

  /** Fails all that waits and is over, in one command. */
  static void expireAll(Model model) {
    List<ModelTask> ended = new ArrayList<>();
    for (ModelTask task : model.tasks.values()) {
      if (task.isWaiting()) {
        over(model, task).ifPresent(code -> ended.add(expired(model, task, code)));
      }
    }
    model.ends.ended(ended);
  }

  private static ModelTask expired(Model model, ModelTask task, String code) {
    MoveTable.STANDARD.require(task.state, Move.EXPIRE);
    task.nextAttempt = null;
    model.move(task, Move.EXPIRE, "system:due", code);
    task.fault = new ModelTask.Fault("TIMEOUT", code, MESSAGES.get(code), "", task.ended);
    ModelRuns.bury(model, task, MESSAGES.get(code), "");
    return task;
  }

  private String discard(String name) {
    ModelTask task = model.tasks.get(name);
    Facts letter = model.deadLetters.remove(name);
    if (task == null || letter == null) {
      return "refused DEAD_LETTER_NOT_FOUND";
    }
    ModelView.deadLetterEvent(model, task, letter, "");
    return "deadLetters/" + name;
  }
}
