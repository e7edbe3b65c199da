package io.tasklane.differential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tasklane.api.EventPage;
import io.tasklane.api.EventQuery;
import io.tasklane.database.Database;
import io.tasklane.dependency.Dependency;
import io.tasklane.event.AllEvents;
import io.tasklane.event.EventPages;
import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import io.tasklane.event.TaskChange;
import io.tasklane.key.QueueKey;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The log of events of a script, by the subjects of the events. */
final class EngineLog {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 500;
  private static final String CAUSE = "caused_by";

  private final Instant begin;
  private final List<Long> stepEnds;
  private final Map<String, List<LogEvent>> log = new LinkedHashMap<>();

  /**
   * Reads the whole log as a client would, page by page.
   *
   * @param stepEnds of each step, the first transaction that came after it
   */
  EngineLog(
      Database database, Function<QueueKey, String> queueIds, Instant begin, List<Long> stepEnds) {
    this.begin = begin;
    this.stepEnds = stepEnds;
    EventPages pages = new EventPages(database, AllEvents.rows(queueIds));
    Optional<ResumeToken> after = Optional.empty();
    for (boolean isLast = false; !isLast; ) {
      EventPage page = pages.read(EventQuery.oldestFirst(after, Optional.empty(), e -> true, PAGE));
      page.events().stream()
          .filter(event -> !event.time().isBefore(begin))
          .forEach(e -> log.computeIfAbsent(e.subject(), k -> new ArrayList<>()).add(e));
      after = Optional.of(page.position());
      isLast = page.isLast();
    }
  }

  /** The place of this revision of a subject among its events, from 1; 0 if others have it too. */
  int place(String subject, long revision) {
    long all =
        log.values().stream()
            .flatMap(List::stream)
            .map(LogEvent::sequence)
            .filter(s -> s == revision)
            .count();
    return all > 1
        ? 0
        : log.get(subject).stream().map(LogEvent::sequence).toList().indexOf(revision) + 1;
  }

  /** The step in which a subject's last event happened. */
  int lastStep(String subject) {
    List<LogEvent> events = log.get(subject);
    return step(events.get(events.size() - 1));
  }

  /** All events, those of tasks compared with what readers say of these tasks. */
  Map<String, List<Facts>> facts(Map<String, Task> tasks) {
    Map<String, List<Facts>> facts = new LinkedHashMap<>();
    log.forEach((subject, all) -> facts.put(subject, events(all, tasks)));
    return facts;
  }

  private List<Facts> events(List<LogEvent> all, Map<String, Task> tasks) {
    List<Facts> events = new ArrayList<>();
    LogEvent last = null;
    for (LogEvent event : all) {
      Facts facts = event(event);
      facts.put("odd", odd(event, Optional.ofNullable(last), tasks));
      events.add(facts);
      last = event;
    }
    return events;
  }

  private Facts event(LogEvent event) {
    Optional<TaskChange> change = event.change();
    String type = change.map(c -> c.move().map(Enum::name).orElse("PROGRESS")).orElse(event.type());
    Facts facts = new Facts().put("at", event.time()).put("is", type);
    facts.put("in", step(event) + "h" + hour(event.time())).put("by", event.actor());
    Map<String, Object> data = data(event);
    if (change.isPresent()) {
      TaskChange what = change.get();
      facts.put("to", what.to());
      facts.put("apv", what.attempt() + "/" + what.priority() + "/" + what.version());
      facts.put("since", what.since());
      standard(event).keySet().forEach(data::remove);
      data.remove(
          CAUSE); // checked by odd: of several ends in one transaction it depends on the route
    }
    return facts.put("data", data.isEmpty() ? "" : data.toString());
  }

  /** The hour of the script. */
  long hour(Instant time) {
    return Duration.between(begin, time).toHours();
  }

  private int step(LogEvent event) {
    int step = 1;
    while (event.transaction() >= stepEnds.get(step - 1)) {
      step++;
    }
    return step;
  }

  /** What a task's event says that others say too, where it says otherwise. */
  private String odd(LogEvent event, Optional<LogEvent> last, Map<String, Task> tasks) {
    Set<String> odd = new TreeSet<>();
    if (last.isPresent() && last.get().sequence() >= event.sequence()) {
      odd.add("revision");
    }
    if (event.change().isPresent()) {
      TaskChange what = event.change().get();
      Task task = tasks.get(event.subject().substring("tasks/".length()));
      Optional<TaskState> before = last.flatMap(LogEvent::change).map(TaskChange::to);
      if (what.move().isPresent() && !what.from().equals(before)) {
        odd.add("from " + what.from());
      }
      if (!event.queue().equals(task.queue()) || !what.taskKey().equals(task.id())) {
        odd.add("task or queue");
      }
      if (!what.taskType().equals(task.taskType())) {
        odd.add("type");
      }
      Map<String, Object> data = data(event);
      standard(event)
          .forEach(
              (field, value) -> {
                if (!value.equals(data.get(field))) {
                  odd.add(field);
                }
              });
      if (!isRightCause(event, Optional.ofNullable((String) data.get(CAUSE)), task, tasks)) {
        odd.add(CAUSE + " " + data.get(CAUSE));
      }
    }
    return odd.isEmpty() ? "" : odd.toString();
  }

  /** The task that a move is put down to is one that the moved task needs, and explains it. */
  private boolean isRightCause(
      LogEvent event, Optional<String> cause, Task task, Map<String, Task> tasks) {
    TaskChange what = event.change().orElseThrow();
    boolean isRuledOut = what.to() == TaskState.SKIPPED;
    boolean isReleased =
        what.from().filter(TaskState.BLOCKED::equals).isPresent()
            && (what.to() == TaskState.QUEUED || what.to() == TaskState.SCHEDULED);
    if (cause.isEmpty() || !isRuledOut && !isReleased) {
      return cause.isEmpty() && !isRuledOut && !isReleased;
    }
    Optional<Dependency> need =
        task.start().dependencies().stream()
            .filter(dependency -> dependency.taskName().equals(cause.get()))
            .findFirst();
    List<LogEvent> ofCause = log.get(cause.get());
    LogEvent end = ofCause.get(ofCause.size() - 1);
    boolean isNow = what.from().isEmpty() || end.transaction() == event.transaction();
    return isNow
        && need.isPresent()
        && need.get().policy().isMetBy(tasks.get(need.get().taskId()).state()) == isReleased;
  }

  private static Map<String, Object> standard(LogEvent event) {
    TaskChange what = event.change().orElseThrow();
    Map<String, Object> data = new TreeMap<>();
    data.put("queue", "queues/" + event.queue());
    data.put("task_type", what.taskType());
    data.put("state", what.to().name());
    data.put("attempt", what.attempt());
    data.put("priority", what.priority());
    data.put("version", what.version());
    what.from().ifPresent(from -> data.put("previous_state", from.name()));
    what.move().ifPresent(move -> data.put("move", move.name()));
    return data;
  }

  private static Map<String, Object> data(LogEvent event) {
    try {
      Map<String, Object> data = new TreeMap<>();
      for (Map.Entry<String, JsonNode> field : JSON.readTree(event.data()).properties()) {
        JsonNode value = field.getValue();
        data.put(field.getKey(), value.isInt() ? (Object) value.intValue() : value.asText());
      }
      return data;
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException(event.data(), malformed);
    }
  }
}
