package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Every message on the address of a queue that is no ready signal is moved away once, with its
 * source and a reason, and nothing else is moved. What is not durable may be gone with the broker's
 * process. A move is two steps, of which a fault between them repeats the first.
 */
final class ForeignMovedOnce extends Rule {
  private static final String KILL_BROKER = "KILL_BROKER";
  // Hits nobody who moves a message.
  private static final String DOUBLE_MESSAGES = "DOUBLE_MESSAGES";
  // The connections of a node that is gone are given up after 4 s.
  private static final long AFTERMATH = TimeUnit.SECONDS.toMicros(5);

  @Override
  void check(History history) {
    Map<String, List<Entry.ForeignMoved>> moved =
        history.moved().stream().collect(Collectors.groupingBy(Entry.ForeignMoved::id));
    for (Entry.ForeignSent sent : history.sent()) {
      List<Entry.ForeignMoved> arrived = moved.remove(sent.id());
      check(history, sent, arrived == null ? List.of() : arrived);
    }
    moved.values().stream()
        .flatMap(List::stream)
        .forEach(message -> object("a message was moved that is not foreign", message));
  }

  private void check(History history, Entry.ForeignSent sent, List<Entry.ForeignMoved> arrivals) {
    if (arrivals.isEmpty() && sent.answered() && !mayBeGone(history, sent)) {
      object("the message " + sent.id() + " was not moved", sent);
    }
    List<Entry.ForeignMoved> copies = List.copyOf(copies(arrivals));
    if (copies.size() > 1 && !isDisturbed(history, sent, copies.get(1))) {
      object(
          "the message " + sent.id() + " was moved twice, and nothing disturbed that",
          sent,
          copies.get(0),
          copies.get(1));
    }
    copies.stream()
        .filter(copy -> !copy.source().equals(sent.source()) || copy.reason().isEmpty())
        .forEach(copy -> object("the message " + sent.id() + " does not say why", sent, copy));
  }

  /** One message may arrive twice, where the broker dies before it knows that it did. */
  private static Collection<Entry.ForeignMoved> copies(List<Entry.ForeignMoved> arrivals) {
    Map<Long, Entry.ForeignMoved> copies = new LinkedHashMap<>();
    arrivals.forEach(arrival -> copies.putIfAbsent(arrival.number(), arrival));
    return copies.values();
  }

  private static boolean mayBeGone(History history, Entry.ForeignSent sent) {
    return !sent.durable()
        && history.struck().stream()
            .anyMatch(fault -> fault.kind().equals(KILL_BROKER) && fault.at() >= sent.sent());
  }

  private static boolean isDisturbed(
      History history, Entry.ForeignSent sent, Entry.ForeignMoved copy) {
    boolean struck =
        history.struck().stream()
            .filter(fault -> !fault.kind().equals(DOUBLE_MESSAGES) && fault.at() <= copy.at())
            .map(fault -> fault.at() + TimeUnit.MILLISECONDS.toMicros(fault.millis()))
            .anyMatch(end -> end + AFTERMATH >= sent.sent());
    return struck
        || history.lives().stream()
            .flatMap(life -> life.kills.stream())
            .anyMatch(kill -> kill.at() <= copy.at() && kill.at() + AFTERMATH >= sent.sent());
  }
}
