package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A record, sorted by tasks and queues. */
public final class History {
  private final Map<String, Life> lives = new LinkedHashMap<>();
  private final Map<String, Integer> queues = new TreeMap<>();

  /** Sorts these entries, which stand in the order in which they were made. */
  public History(List<Entry> entries) {
    entries.forEach(this::sort);
  }

  private void sort(Entry entry) {
    if (entry instanceof Entry.QueueMade made) {
      queues.put(made.queue(), made.concurrency());
    } else if (entry instanceof Entry.Created created) {
      life(created.task()).created = created;
    } else if (entry instanceof Entry.CancelAsked asked) {
      life(asked.task()).cancelAsked = asked;
    } else if (entry instanceof Entry.CancelAnswered answered) {
      life(answered.task()).cancelAnswered = answered;
    } else if (entry instanceof Entry.Moved moved) {
      life(moved.task()).moves.add(moved);
    } else if (entry instanceof Entry.Begun begun) {
      life(begun.task()).begun.add(begun);
    } else if (entry instanceof Entry.Returned returned) {
      life(returned.task()).returned.add(returned);
    } else if (entry instanceof Entry.Effect effect) {
      life(effect.task()).effects.add(effect);
    } else if (entry instanceof Entry.Ended ended) {
      life(ended.task()).ended = ended;
    }
  }

  private Life life(String task) {
    return lives.computeIfAbsent(task, Life::new);
  }

  /** All tasks that anything was heard of. */
  Collection<Life> lives() {
    return lives.values();
  }

  /** This task, as it was heard of. */
  Life of(String task) {
    return lives.getOrDefault(task, new Life(task));
  }

  /** How many tasks of each queue may run at once. */
  Map<String, Integer> queues() {
    return queues;
  }

  /** All moves of all tasks of a queue. */
  Stream<Entry.Moved> movesIn(String queue) {
    return lives.values().stream()
        .flatMap(life -> life.moves.stream())
        .filter(moved -> moved.queue().equals(queue));
  }

  /** All tasks that ran in a queue. */
  Stream<Life> livesIn(String queue) {
    return lives.values().stream()
        .filter(life -> life.begun.stream().anyMatch(begun -> begun.queue().equals(queue)));
  }
}
