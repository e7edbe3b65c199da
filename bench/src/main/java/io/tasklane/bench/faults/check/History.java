package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A record, sorted by tasks and queues. */
public final class History {
  private final Map<String, Life> lives = new LinkedHashMap<>();
  private final Map<String, Entry.QueueMade> queues = new TreeMap<>();
  private final List<Entry.Struck> struck = new ArrayList<>();
  private final List<Entry.ForeignSent> sent = new ArrayList<>();
  private final List<Entry.ForeignMoved> moved = new ArrayList<>();
  private int capacity = Integer.MAX_VALUE;

  /** Sorts these entries, which stand in the order in which they were made. */
  public History(List<Entry> entries) {
    entries.forEach(this::sort);
    lives.values().forEach(Life::settleCreation);
  }

  private void sort(Entry entry) {
    if (entry instanceof Entry.QueueMade made) {
      queues.put(made.queue(), made);
    } else if (entry instanceof Entry.ResourceMade made) {
      capacity = made.capacity();
    } else if (entry instanceof Entry.CreateUnanswered create) {
      life(create.wanted().task()).unanswered = create;
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
    } else if (entry instanceof Entry.Kills kills) {
      life(kills.task()).kills.add(kills);
    } else {
      sortFault(entry);
    }
  }

  private void sortFault(Entry entry) {
    if (entry instanceof Entry.Struck fault) {
      struck.add(fault);
    } else if (entry instanceof Entry.ForeignSent message) {
      sent.add(message);
    } else if (entry instanceof Entry.ForeignMoved message) {
      moved.add(message);
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

  /** This queue as it was created; sequential, strict and EACH where that was not heard of. */
  Entry.QueueMade queue(String name) {
    Entry.QueueMade made = queues.get(name);
    return made == null ? new Entry.QueueMade(0, name, 1) : made;
  }

  /** Everything that was broken, but for the nodes that tasks killed. */
  List<Entry.Struck> struck() {
    return struck;
  }

  /** Foreign messages that were sent to addresses of queues. */
  List<Entry.ForeignSent> sent() {
    return sent;
  }

  /** Messages that arrived where invalid ones are moved to. */
  List<Entry.ForeignMoved> moved() {
    return moved;
  }

  /** Units of the resource that may be held together. */
  int capacity() {
    return capacity;
  }
}
