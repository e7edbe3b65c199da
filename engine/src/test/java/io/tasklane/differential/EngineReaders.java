package io.tasklane.differential;

import io.tasklane.api.DeadLetterQuery;
import io.tasklane.api.TaskOrder;
import io.tasklane.api.TaskQuery;
import io.tasklane.database.Database;
import io.tasklane.deadletter.DeadLetter;
import io.tasklane.deadletter.DeadLetterReader;
import io.tasklane.filter.DeadLetterFilter;
import io.tasklane.filter.TaskFilter;
import io.tasklane.key.FencingToken;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.Queue;
import io.tasklane.queue.admin.QueueReader;
import io.tasklane.task.Attempt;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.list.AttemptReader;
import io.tasklane.task.list.TaskSearch;
import io.tasklane.task.row.TaskReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the readers that serve calls, lists and events say at the end of a script. */
final class EngineReaders {
  private static final int ALL = 500;

  private final Database database;
  private final Connection connection;
  private final Instant begin;
  private final Set<Long> known = new HashSet<>();
  private EngineLog log;
  private final List<Long> stepEnds;
  private final Map<QueueKey, String> queueIds = new HashMap<>();
  private final Map<String, Task> tasks = new LinkedHashMap<>();

  /**
   * Readers.
   *
   * @param stepEnds of each step, the first transaction that came after it
   */
  EngineReaders(Database database, Connection connection, Instant begin, List<Long> stepEnds) {
    this.database = database;
    this.connection = connection;
    this.begin = begin;
    this.stepEnds = stepEnds;
  }

  /** All of it. */
  View view(List<List<String>> outcomes) throws SQLException {
    Map<String, Facts> queues = new TreeMap<>();
    List<Queue> all = new QueueReader(connection).list("", ALL);
    all.forEach(queue -> queueIds.put(queue.key(), queue.queueId()));
    log = new EngineLog(database, queueIds::get, begin, stepEnds);
    all.forEach(queue -> queues.put(queue.queueId(), queue(queue)));
    TaskQuery oldest =
        new TaskQuery(TaskFilter.parse(""), TaskOrder.OLDEST_FIRST, Optional.empty(), ALL);
    TaskSearch.list(connection, oldest).tasks().forEach(t -> tasks.put(t.taskId(), t));
    Map<String, Facts> found = new LinkedHashMap<>();
    Map<String, List<Facts>> attempts = new LinkedHashMap<>();
    for (String id : tasks.keySet()) {
      Task task = new TaskReader(connection).require(id);
      List<Attempt> runs = new AttemptReader(connection).list(task.id(), new FencingToken(0), ALL);
      found.put(id, task(task, runs));
      attempts.put(id, runs.stream().map(EngineReaders::attempt).toList());
    }
    return new View(begin, outcomes, found, attempts, letters(), log.facts(tasks), queues, lists());
  }

  private Facts queue(Queue queue) {
    Facts facts = new Facts().put("state", queue.state()).put("owner", queue.ownerNode());
    Optional<String> paused =
        queue
            .pauseActor()
            .map(
                a ->
                    a.principal()
                        + ": "
                        + a.reason()
                        + " in hour "
                        + log.hour(queue.pauseTime().get()));
    return facts.put("version", queue.version()).put("paused", paused);
  }

  private Facts task(Task task, List<Attempt> runs) {
    Facts facts = new Facts().put("queue", task.queue()).put("type", task.taskType());
    facts.put("state", task.state()).put("priority", task.priority().value());
    facts.put("attempts", task.retryPolicy().maximumAttempts());
    facts.put("backoff", task.retryPolicy().initialBackoff().toMinutes() + "m");
    facts.put("queue-timeout", hours(task.timeouts().queue()));
    facts.put("total-timeout", hours(task.timeouts().total()));
    facts.put("labels", new TreeMap<>(task.labels()));
    List<String> needs =
        task.start().dependencies().stream().map(d -> d.taskId() + ":" + d.policy()).toList();
    facts.put("needs", String.join(",", needs)).put("dedup", task.deduplicationKey());
    facts.put("key", task.rules().orderingKey());
    facts.put("units", new TreeMap<>(task.rules().resourceUnits()));
    facts.put("preemptible", task.rules().preemptible());
    facts.put("unlike", EngineValues.unlike(task));
    facts.put("run-after", task.start().runAfter()).put("expires", task.start().expireTime());
    List<FencingToken> tokens = runs.stream().map(Attempt::fencingToken).toList();
    facts.put("token-of-another", !tokens.stream().allMatch(token -> known.add(token.value())));
    int run = tokens.indexOf(task.fencingToken()) + 1;
    facts.put("runs", task.attempt() + "/" + task.lostCount() + "/#" + run);
    facts.put("node", task.node());
    facts.put(
        "progress",
        task.progress()
            .map(
                p ->
                    p.completedUnits()
                        + "/"
                        + p.totalUnits()
                        + " "
                        + p.currentUnit()
                        + p.message()));
    facts.put("result", task.result().map(Payload::text)).put("partial", task.resultPartial());
    putFailure(facts, task.failure());
    facts.put("cancelled-by", task.cancelActor().map(a -> a.principal() + ": " + a.reason()));
    facts.put("created", task.createTime()).put("start", task.startTime());
    facts.put("end", task.endTime()).put("next-attempt", task.nextAttemptTime());
    facts.put("total-deadline", task.totalDeadline());
    facts.put("result-until", task.resultExpireTime());
    facts.put("version", task.version()).put("retry-of", task.retryOf());
    return facts.put("revision", "#" + log.place(task.name(), task.revision()));
  }

  private static Optional<String> hours(Optional<Duration> time) {
    return time.map(t -> t.toHours() + "h");
  }

  private static void putFailure(Facts facts, Optional<Failure> failure) {
    failure.ifPresent(
        f ->
            facts
                .put("failure", f.kind() + " " + f.code())
                .put("message", f.message())
                .put("trace", String.valueOf(f.stackTrace()))
                .put("failed", f.failTime()));
  }

  private static Facts attempt(Attempt attempt) {
    Facts facts = new Facts().put("number", attempt.number()).put("node", attempt.node());
    facts.put("start", attempt.startTime()).put("end", attempt.endTime());
    putFailure(facts, attempt.failure());
    return facts.put("log", attempt.log());
  }

  private Map<String, Facts> letters() throws SQLException {
    Map<String, Facts> letters = new LinkedHashMap<>();
    DeadLetterQuery all = new DeadLetterQuery(DeadLetterFilter.parse(""), Optional.empty(), ALL);
    for (DeadLetter letter : new DeadLetterReader(connection).list(all)) {
      Facts facts = new Facts().put("queue", letter.queue()).put("type", letter.taskType());
      if (!tasks.get(letter.taskId()).failure().equals(Optional.of(letter.failure()))) {
        putFailure(facts, Optional.of(letter.failure())); // unlike that of the task
      }
      facts.put("created", letter.createTime()).put("fingerprint", letter.fingerprint());
      facts.put("attempts", letter.attemptCount());
      facts.put("replays", letter.replayCount() == 0 ? "" : letter.replayCount());
      facts.put("replayer", letter.lastReplay().map(a -> a.principal() + ": " + a.reason()));
      Optional<String> replayed = letter.lastReplayTime().map(time -> "in hour " + log.hour(time));
      letters.put(letter.taskId(), facts.put("replayed", replayed));
    }
    return letters;
  }

  private Map<String, List<String>> lists() throws SQLException {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (ListQuery query : ListQuery.ALL) {
      TaskOrder order = query.isByEnd() ? TaskOrder.LAST_ENDED_FIRST : TaskOrder.NEWEST_FIRST;
      TaskQuery asked =
          new TaskQuery(TaskFilter.parse(query.filter()), order, Optional.empty(), ALL);
      List<Task> found = TaskSearch.list(connection, asked).tasks();
      lists.put(
          query.text(),
          (query.isByEnd() ? byEnd(found) : found).stream().map(Task::taskId).toList());
    }
    return lists;
  }

  /** Of those that ended in one step the order is not said: the newest first. */
  private List<Task> byEnd(List<Task> found) {
    for (int i = 1; i < found.size(); i++) {
      if (found.get(i).endTime().get().isAfter(found.get(i - 1).endTime().get())) {
        return found; // as it is, which is wrong
      }
    }
    return found.stream()
        .sorted(Comparator.comparingInt(this::endStep).thenComparing(Task::id).reversed())
        .toList();
  }

  private int endStep(Task task) {
    return log.lastStep(task.name());
  }
}
