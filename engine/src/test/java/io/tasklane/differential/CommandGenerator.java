package io.tasklane.differential;

import io.tasklane.queue.QueueState;
import io.tasklane.task.state.TaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Draws commands that fit a model, and some that do not. */
final class CommandGenerator {
  private final Random random;
  private final SpecGenerator specs;
  private final List<Command> named = new ArrayList<>();
  private final List<Command.Ended> ended = new ArrayList<>();
  private int requests;

  CommandGenerator(Random random) {
    this.random = random;
    this.specs = new SpecGenerator(random);
  }

  /** These were taken into the script: they may be repeated. */
  void accepted(Script.Step step) {
    for (Command command : step.commands()) {
      if (command instanceof Command.Turn turn) {
        turn.ended().ifPresent(ended::add);
      }
      if (command instanceof Command.Create create && !create.requestId().isEmpty()
          || command instanceof Command.Cancel cancel && !cancel.requestId().isEmpty()) {
        named.add(command);
      }
    }
  }

  /** The next one. */
  Command draw(Model model) {
    for (ModelQueue queue : model.queues.values()) {
      if (queue.state != QueueState.ACTIVE && random.nextInt(6) == 0) {
        return new Command.SetState(queue.spec.name(), QueueState.ACTIVE);
      }
    }
    int kind = random.nextInt(100);
    if (kind < 16) {
      return create(model);
    } else if (kind < 21) {
      return createForIdle(model);
    } else if (kind < 25 && !named.isEmpty()) {
      return repeated(model);
    } else if (kind < 67) {
      return work(model);
    } else if (kind < 72) {
      return likelyOpen(model).<Command>map(this::cancel).orElse(create(model));
    } else if (kind < 78) {
      return likelyOpen(model).<Command>map(task -> update(model, task)).orElse(create(model));
    } else if (kind < 83) {
      return anyTask(model, TaskState.RUNNING, TaskState.CANCELLING)
          .<Command>map(task -> new Command.Report(run(task), 1 + random.nextInt(9)))
          .orElse(new Command.ReleaseDue());
    } else if (kind < 88) {
      return new Command.ReleaseDue();
    } else if (kind < 90) {
      return new Command.SetState(queue(), QueueState.values()[random.nextInt(3)]);
    } else if (kind < 92) {
      return takeOver(model);
    } else if (kind < 97) {
      return again(model);
    }
    return random.nextBoolean()
        ? new Command.Capacity("r1", 2 + random.nextInt(3))
        : new Command.Capacity("r2", 1 + random.nextInt(2));
  }

  private String queue() {
    return List.of("A", "B", "C").get(random.nextInt(3));
  }

  private String requestId() {
    return random.nextBoolean() ? "" : "q" + ++requests;
  }

  private Command.Create create(Model model) {
    return new Command.Create(requestId(), specs.draw(model));
  }

  private Command createForIdle(Model model) {
    TaskSpec plain = specs.plain();
    String owner = model.queues.get(plain.queue()).owner;
    String requestId = random.nextInt(3) == 0 ? requestId() : "";
    return new Command.CreateForIdle(
        new Command.Create(requestId, List.of(plain)), plain.queue(), owner);
  }

  /** The same request once more, or another one under its id. */
  private Command repeated(Model model) {
    Command first = named.get(random.nextInt(named.size()));
    if (random.nextInt(4) > 0) {
      return first;
    }
    return first instanceof Command.Create create
        ? new Command.Create(create.requestId(), specs.draw(model))
        : new Command.Cancel(((Command.Cancel) first).requestId(), "t1", false);
  }

  private Optional<ModelTask> anyTask(Model model, TaskState... states) {
    List<ModelTask> all =
        model.tasks.values().stream().filter(t -> List.of(states).contains(t.state)).toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }

  /** Mostly a task that has not ended. */
  private Optional<ModelTask> likelyOpen(Model model) {
    TaskState[] open =
        Arrays.stream(TaskState.values()).filter(s -> !s.isFinal()).toArray(TaskState[]::new);
    return anyTask(model, random.nextInt(5) == 0 ? TaskState.values() : open);
  }

  /** Mostly a queue in which something runs or is ready. */
  private String busyQueue(Model model) {
    List<String> busy =
        model.queues.values().stream()
            .filter(
                queue ->
                    !model.ready(queue).isEmpty()
                        || model.inQueue(queue.spec.name()).anyMatch(ModelTask::isRunning))
            .map(queue -> queue.spec.name())
            .toList();
    return busy.isEmpty() || random.nextInt(8) == 0
        ? queue()
        : busy.get(random.nextInt(busy.size()));
  }

  private static Command.RunRef run(ModelTask task) {
    return new Command.RunRef(task.name(), task.run);
  }

  private Command cancel(ModelTask task) {
    boolean force = task.state == TaskState.RUNNING && random.nextBoolean();
    return new Command.Cancel(requestId(), task.name(), force);
  }

  private Command update(Model model, ModelTask task) {
    boolean timed = random.nextInt(3) == 0;
    int later = model.hour() + 1 + random.nextInt(3);
    TaskChange change =
        new TaskChange(
            random.nextBoolean() ? Optional.of(1 + random.nextInt(10)) : Optional.empty(),
            timed ? Optional.of(random.nextInt(3) == 0 ? 0 : later) : Optional.empty(),
            timed && random.nextBoolean() ? Optional.of(later + 1) : Optional.empty(),
            random.nextInt(4) == 0 ? Optional.of(specs.labels()) : Optional.empty(),
            random.nextInt(4) == 0
                ? Optional.of(task.version - random.nextInt(2))
                : Optional.empty());
    return new Command.Update(requestId(), task.name(), change);
  }

  /** A queue goes on: runs end, and what is next is claimed. */
  private Command work(Model model) {
    String queue = busyQueue(model);
    String owner = model.queues.get(queue).owner;
    if (random.nextInt(25) == 0) { // a node that does not own the queue, or no longer
      String other = owner.equals("n1") ? "n2" : "n1";
      return new Command.Turn(queue, other, Optional.empty(), true);
    }
    List<ModelTask> running =
        model.inQueue(queue).filter(ModelTask::isRunning).collect(Collectors.toList());
    if (model.queues.get(queue).spec.grouped() && random.nextInt(4) > 0) {
      List<Command.Ended> ends =
          running.stream()
              .filter(task -> task.spec.orderingKey().isEmpty() && random.nextInt(3) > 0)
              .map(this::end)
              .toList();
      return new Command.Group(queue, owner, ends, random.nextInt(6));
    }
    if (!ended.isEmpty() && random.nextInt(12) == 0) {
      return late(model);
    }
    if (running.isEmpty() || random.nextInt(8) == 0) {
      return new Command.Turn(queue, owner, Optional.empty(), true);
    }
    ModelTask task = running.get(random.nextInt(running.size()));
    Command.Ended end = end(task);
    boolean isBack =
        end.outcome() == RunOutcome.HANDED_BACK
            || end.outcome() == RunOutcome.PREEMPTED && random.nextBoolean();
    boolean claims = !isBack && random.nextInt(4) > 0;
    return new Command.Turn(queue, owner, Optional.of(end), claims);
  }

  /** A run that has ended before ends once more, as it did or otherwise. */
  private Command late(Model model) {
    Command.Ended before = ended.get(random.nextInt(ended.size()));
    ModelTask task = model.tasks.get(before.run().task());
    Command.Ended again =
        random.nextInt(3) > 0
            ? before
            : new Command.Ended(before.run(), RunOutcome.FAILED, Optional.empty());
    String queue = task.spec.queue();
    return new Command.Turn(
        queue, model.queues.get(queue).owner, Optional.of(again), random.nextBoolean());
  }

  private Command.Ended end(ModelTask task) {
    List<RunOutcome> likely =
        task.state == TaskState.CANCELLING
            ? List.of(
                RunOutcome.STOPPED,
                RunOutcome.STOPPED,
                RunOutcome.SUCCEEDED,
                RunOutcome.FAILED,
                RunOutcome.HANDED_BACK)
            : List.of(
                RunOutcome.SUCCEEDED,
                RunOutcome.SUCCEEDED,
                RunOutcome.SUCCEEDED,
                RunOutcome.SUCCEEDED,
                RunOutcome.SUCCEEDED,
                RunOutcome.SUCCEEDED,
                RunOutcome.SUCCEEDED,
                RunOutcome.FAILED,
                RunOutcome.FAILED,
                RunOutcome.FAILED_PARTLY,
                RunOutcome.FAILED_UNWANTED,
                RunOutcome.FAILED_FOR_GOOD,
                RunOutcome.TIMED_OUT,
                RunOutcome.HANDED_BACK);
    RunOutcome outcome = likely.get(random.nextInt(likely.size()));
    boolean isPreempted = task.state == TaskState.RUNNING && task.spec.preemptible();
    if (isPreempted && random.nextInt(5) < 2) {
      outcome = RunOutcome.PREEMPTED;
    }
    Optional<Integer> progress =
        random.nextInt(4) == 0 ? Optional.of(1 + random.nextInt(9)) : Optional.empty();
    return new Command.Ended(run(task), outcome, progress);
  }

  private Command takeOver(Model model) {
    String queue = queue();
    String from = model.queues.get(queue).owner;
    return new Command.TakeOver(queue, from, from.equals("n1") ? "n2" : "n1");
  }

  private Command again(Model model) {
    Optional<ModelTask> failed =
        anyTask(model, TaskState.FAILED, TaskState.CANCELLED, TaskState.SKIPPED);
    if (failed.isEmpty()) {
      return new Command.ReleaseDue();
    }
    String name = failed.get().name();
    boolean letter = random.nextBoolean();
    return random.nextInt(5) == 0
        ? new Command.Discard(name)
        : new Command.Repeat(requestId(), name, failed.get().spec.again(specs.name()), letter);
  }
}
