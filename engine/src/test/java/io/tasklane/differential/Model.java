package io.tasklane.differential;

import io.tasklane.queue.QueueState;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The rules in plain Java, one command after another, as the design has them: the oracle. Of the
 * product it uses the table of moves, and the states and policies that it speaks of.
 */
final class Model {
  /** The begin of every script, as the model sees it. */
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  /** The principal of all commands of clients. */
  static final String CLIENT = "tester";

  final Map<String, ModelTask> tasks = new LinkedHashMap<>();
  final Map<String, ModelQueue> queues = new TreeMap<>();
  final Map<String, Integer> resources = new TreeMap<>();
  final Map<String, Facts> deadLetters = new HashMap<>();
  final Map<String, List<Facts>> events = new HashMap<>();
  final ModelRequests requests = new ModelRequests();
  final ModelEnds ends = new ModelEnds(this);
  private final ModelCreation creation = new ModelCreation(this);
  private final ModelRuns runs = new ModelRuns(this);
  private final ModelClaims claims = new ModelClaims(this);
  private final ModelWaiting waiting = new ModelWaiting(this);
  private final List<List<String>> outcomes = new ArrayList<>();

  /** What no test can tell, because it depends on moments: a script must not do it. */
  final List<String> doubts = new ArrayList<>();

  private int hour;
  private int ticks;

  Model(Script script) {
    script.queues().forEach(queue -> queues.put(queue.name(), new ModelQueue(queue)));
    resources.putAll(script.resources());
  }

  /** The model behind all steps of a script. */
  static Model of(Script script) {
    Model model = new Model(script);
    script.steps().forEach(step -> model.apply(step, false));
    return model;
  }

  /**
   * Runs a step.
   *
   * @param together whether all runs that end in it end before any task is claimed, as they may
   *     where they meet in one transaction
   */
  void apply(Script.Step step, boolean together) {
    hour += step.hours();
    outcomes.add(new ArrayList<>());
    List<Command> commands = step.commands();
    List<Command.Turn> turns = new ArrayList<>();
    for (Command command : commands) {
      if (together && command instanceof Command.Turn turn) {
        turns.add(turn);
        continue;
      }
      takeTogether(turns);
      answer(outcome(command));
    }
    takeTogether(turns);
    int last = outcomes.size() - 1;
    outcomes.set(last, Outcomes.inOrder(commands, outcomes.get(last)));
  }

  private void takeTogether(List<Command.Turn> turns) {
    if (!turns.isEmpty()) {
      List<String> settled = runs.settleAll(turns.stream().map(Command.Turn::ended).toList());
      for (int i = 0; i < settled.size(); i++) {
        answer(settled.get(i) + claims.next(turns.get(i)));
      }
      turns.clear();
    }
  }

  private void answer(String outcome) {
    outcomes.get(outcomes.size() - 1).add(outcome);
  }

  private String outcome(Command command) {
    if (command instanceof Command.Create create) {
      return creation.create(create);
    } else if (command instanceof Command.CreateForIdle idle) {
      return creation.create(idle.create())
          + ";"
          + claims.next(new Command.Turn(idle.queue(), idle.node(), Optional.empty(), true));
    } else if (command instanceof Command.Turn turn) {
      String settled = runs.settleAll(List.of(turn.ended())).get(0);
      Optional<ModelTask> returned = turn.ended().map(end -> tasks.get(end.run().task()));
      String next = claims.next(turn);
      if (returned.isPresent() && next.startsWith(" " + returned.get().name() + "#")) {
        doubts.add("a turn claims what it has just given back: only some routes see it");
      }
      return settled + next;
    } else if (command instanceof Command.Group group) {
      List<Optional<Command.Ended>> ended = group.ended().stream().map(Optional::of).toList();
      return String.join(",", runs.settleAll(ended)) + claims.ahead(group);
    } else if (command instanceof Command.Report report) {
      return runs.report(report.run(), report.units()) ? "kept" : "stale";
    } else if (command instanceof Command.TakeOver take) {
      return runs.takeOver(take);
    } else if (command instanceof Command.Repeat repeat) {
      return creation.repeat(repeat);
    } else if (command instanceof Command.SetState wish) {
      return setState(wish);
    } else if (command instanceof Command.Capacity capacity) {
      resources.put(capacity.resource(), capacity.units());
      return "capacity " + capacity.units();
    }
    return waiting.outcome(command);
  }

  private String setState(Command.SetState wish) {
    ModelQueue queue = queues.get(wish.queue());
    if (queue.state != wish.state()) {
      queue.state = wish.state();
      queue.version++;
      boolean active = wish.state() == QueueState.ACTIVE;
      String change = active ? "RESUMED" : wish.state() == QueueState.PAUSED ? "PAUSED" : "DRAINED";
      Facts event = event("queue.changed", CLIENT);
      event.put("data", "{change=" + change + ", state=" + wish.state() + "}");
      events.computeIfAbsent("queues/" + wish.queue(), k -> new ArrayList<>()).add(event);
      queue.paused = active ? "" : CLIENT + ": paused in hour " + hour;
    }
    return queue.state + " v" + queue.version;
  }

  /** Logs an event about a task as it stands. */
  Facts log(ModelTask task, Move move, Instant since, String actor, String detail) {
    Facts event = event(move == null ? "PROGRESS" : move.name(), actor);
    event.put("to", task.state);
    event.put("apv", task.attempt + "/" + task.priority + "/" + task.version);
    event.put("since", since).put("data", data(task, move, detail));
    events.computeIfAbsent("tasks/" + task.name(), k -> new ArrayList<>()).add(event);
    return event;
  }

  private static String data(ModelTask task, Move move, String detail) {
    if (detail.isEmpty() || move == null) {
      return detail;
    }
    String field =
        move == Move.UPDATE
            ? "previous_priority"
            : move == Move.PREEMPT
                ? "preempted_by"
                : task.state == TaskState.CANCELLING ? "cancel" : "failure_code";
    return "{" + field + "=" + detail + "}";
  }

  /** An event that happens now. */
  Facts event(String type, String actor) {
    Facts event = new Facts().put("at", tick()).put("is", type);
    return event.put("in", outcomes.size() + "h" + hour).put("by", actor);
  }

  /** A legal move of a task, which its event tells. */
  void move(ModelTask task, Move move, String actor, String detail) {
    TaskState from = task.state;
    Instant since = task.since;
    task.state = MoveTable.STANDARD.require(from, move);
    task.version++;
    Instant at = log(task, move, since, actor, detail).time("at");
    task.since = at;
    if (task.state.isFinal()) {
      task.ended = at;
      task.endStep = outcomes.size();
    }
  }

  /** An instant later than all before it. */
  Instant tick() {
    ticks++;
    return now();
  }

  /** The present. */
  Instant now() {
    return BEGIN.plus(Duration.ofHours(hour)).plusNanos(ticks * 1_000L);
  }

  /** Whether this hour of the script has come; 0 is no hour. */
  boolean hasCome(int scriptHour) {
    return scriptHour != 0 && scriptHour <= hour;
  }

  /** The number of the step that runs, from 1. */
  int step() {
    return outcomes.size();
  }

  /** The hour of the script. */
  int hour() {
    return hour;
  }

  /** The tasks of a queue that may be claimed as far as they are concerned, the head first. */
  List<ModelTask> ready(ModelQueue queue) {
    return inQueue(queue.spec.name())
        .filter(task -> task.state == TaskState.QUEUED && !task.keyWaits)
        .sorted(
            Comparator.comparingInt((ModelTask task) -> task.rank)
                .thenComparingLong(queue::orderKey)
                .thenComparingInt(ModelTask::id))
        .toList();
  }

  /** All tasks of a queue. */
  Stream<ModelTask> inQueue(String queue) {
    return tasks.values().stream().filter(task -> task.spec.queue().equals(queue));
  }

  /** What all readers would say now. */
  View view() {
    return ModelView.of(this, outcomes);
  }
}
