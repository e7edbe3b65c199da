package io.tasklane.forecast;

import io.tasklane.key.QueueKey;
import io.tasklane.rollup.RollupCounts;
import io.tasklane.rollup.RollupEvent;
import io.tasklane.rollup.RollupFold;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A day of a trading platform, second by second: queues with a load that follows the hours of the
 * market, each move of each task recorded in rollups as the log has it. It knows nothing of how
 * forecasts are made.
 */
final class RecordedDay {
  static final Instant MIDNIGHT = Instant.parse("2026-11-30T00:00:00Z");

  /** What happens to the tasks of a type: how long they run, and how often they fail. */
  record Type(double median, double spread, double failures, double perHour) {}

  final Timeline time = new Timeline();
  private final RandomGenerator random;
  private final Map<WorkKind, Type> types;
  private final Map<String, Server> servers = new HashMap<>();
  private final RollupFold fold = new RollupFold();

  /** One task. */
  private final class Task {
    private final WorkKind kind;
    private final Runnable ended;
    private double since;

    Task(WorkKind kind, Runnable ended) {
      this.kind = kind;
      this.ended = ended;
    }

    void move(Move move, TaskState from, TaskState to) {
      Server server = servers.get(kind.queue());
      fold.add(
          new RollupEvent(
              server.key,
              kind.taskType(),
              move,
              Optional.ofNullable(from),
              to,
              at(time.now()),
              from == null ? Optional.empty() : Optional.of(at(since))));
      since = time.now();
    }
  }

  private static Instant at(double seconds) {
    return MIDNIGHT.plusNanos(Math.round(seconds * 1e9));
  }

  /** A queue and its slots. */
  private final class Server {
    private final QueueKey key;
    private final int slots;
    private final Deque<Task> line = new ArrayDeque<>();
    private final List<Task> running = new ArrayList<>();

    Server(int key, int slots) {
      this.key = new QueueKey(key);
      this.slots = slots;
    }

    void add(Task task) {
      line.add(task);
      start();
    }

    void start() {
      while (running.size() < slots && !line.isEmpty()) {
        Task task = line.poll();
        task.move(Move.CLAIM, TaskState.QUEUED, TaskState.RUNNING);
        running.add(task);
        Type type = types.get(task.kind);
        double run = type.median() * Math.exp(type.spread() * random.nextGaussian());
        time.in(run, () -> end(task, random.nextDouble() < type.failures()));
      }
    }

    void end(Task task, boolean fails) {
      running.remove(task);
      if (fails) {
        task.move(Move.RETRY_LATER, TaskState.RUNNING, TaskState.RETRY_WAIT);
        time.in(
            5,
            () -> {
              task.move(Move.COME_DUE, TaskState.RETRY_WAIT, TaskState.QUEUED);
              add(task);
            });
      } else {
        task.move(Move.SUCCEED, TaskState.RUNNING, TaskState.SUCCEEDED);
        task.ended.run();
      }
      start();
    }
  }

  RecordedDay(Map<String, Integer> slots, Map<WorkKind, Type> types, RandomGenerator random) {
    this.types = types;
    this.random = random;
    slots.forEach((queue, count) -> servers.put(queue, new Server(servers.size() + 1, count)));
    types.forEach((kind, type) -> arrivals(kind, type.perHour()));
  }

  /** More at the open and the close, little at night; thinning of a Poisson process. */
  private void arrivals(WorkKind kind, double perHour) {
    if (perHour > 0) {
      time.in(
          random.nextExponential() * 3600 / (2 * perHour),
          () -> {
            if (random.nextDouble() < profile() / 2) {
              submit(kind, () -> {});
            }
            arrivals(kind, perHour);
          });
    }
  }

  private double profile() {
    double hour = time.now() / 3600 % 24;
    double open = Math.exp(-Math.pow((hour - 9.5) / 1.5, 2));
    double close = Math.exp(-Math.pow((hour - 15.5) / 1.5, 2));
    return 0.4 + 1.6 * Math.max(open, close);
  }

  /** A task becomes ready now. */
  void submit(WorkKind kind, Runnable ended) {
    Task task = new Task(kind, ended);
    task.move(Move.SUBMIT, null, TaskState.QUEUED);
    servers.get(kind.queue()).add(task);
  }

  /** The queues as they are now, with the arrivals of the last hour. */
  Map<String, QueueOutlook> queues() {
    Map<String, QueueOutlook> outlooks = new HashMap<>();
    servers.forEach(
        (id, server) -> {
          List<QueueOutlook.Running> running = new ArrayList<>();
          server.running.forEach(
              task ->
                  running.add(
                      new QueueOutlook.Running(task.kind.taskType(), time.now() - task.since)));
          List<QueueOutlook.Waiting> waiting = new ArrayList<>();
          server.line.forEach(
              task ->
                  waiting.add(
                      new QueueOutlook.Waiting(task.kind.taskType(), 5, waiting.size(), 1)));
          outlooks.put(
              id,
              new QueueOutlook(server.slots, Optional.empty(), running, waiting, minutes(server)));
        });
    return outlooks;
  }

  private List<Map<String, Long>> minutes(Server server) {
    Instant from = at(time.now()).minus(Duration.ofHours(1));
    List<Map<String, Long>> minutes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      minutes.add(new HashMap<>());
    }
    fold.counts()
        .forEach(
            (key, counts) -> {
              long minute = Duration.between(from, key.minute()).toMinutes();
              if (key.queue().equals(server.key) && minute >= 0 && minute < 60) {
                minutes.get((int) minute).put(key.taskType(), counts.arrivals());
              }
            });
    return minutes;
  }

  /** What is known of all types so far. */
  Map<WorkKind, RollupCounts> history() {
    Map<WorkKind, RollupCounts> history = new HashMap<>();
    fold.counts()
        .forEach(
            (key, counts) ->
                servers.forEach(
                    (id, server) -> {
                      if (server.key.equals(key.queue())) {
                        history.merge(new WorkKind(id, key.taskType()), counts, RollupCounts::plus);
                      }
                    }));
    return history;
  }
}
