package io.tasklane.trigger;

import io.tasklane.commit.Batch;
import io.tasklane.event.EventVariable;
import io.tasklane.event.LogEvent;
import io.tasklane.fact.FactsAt;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What triggers do about some events, in one transaction. */
final class Firing {
  /** So many starts are enough for one transaction; the next one goes on. */
  private static final int MOST_STARTS = 50;

  private record Place(long triggerId, int version, String key) {}

  private final Batch batch;
  private final Starts starts;
  private final WindowRows rows;
  private final FactsAt facts;
  private final NewCounts counts;
  private final Map<Trigger, CompiledTrigger> compiled = new LinkedHashMap<>();
  private final Map<Place, Optional<OpenWindow>> open = new LinkedHashMap<>();
  private final List<OpenWindow> left = new ArrayList<>();
  private int started;

  Firing(Batch batch, Starts starts, Instant now) {
    this.batch = batch;
    this.starts = starts;
    this.rows = new WindowRows(batch.connection());
    this.facts = new FactsAt(batch.connection(), now);
    this.counts = new NewCounts(now);
  }

  /** Looks at events in their order, and returns at how many. */
  int look(List<TriggerRow> triggers, List<LogEvent> events) throws SQLException {
    List<LogEvent> meant =
        events.stream()
            .filter(event -> triggers.stream().anyMatch(trigger -> isMeant(trigger, event)))
            .toList();
    Causes causes = Causes.of(batch.connection(), meant);
    int looked = 0;
    for (LogEvent event : events) {
      if (started >= MOST_STARTS) {
        break;
      }
      looked++;
      for (TriggerRow trigger : triggers) {
        if (isMeant(trigger, event)) {
          counts.event(trigger.id());
          decide(trigger, event, causes.of(event));
        }
      }
    }
    writeWindows();
    return looked;
  }

  private boolean isMeant(TriggerRow trigger, LogEvent event) {
    return trigger.since() < event.transaction()
        && compiled(trigger.trigger()).isOfType(event.type());
  }

  /** It was checked when it was stored. */
  private CompiledTrigger compiled(Trigger trigger) {
    CompiledTrigger known = compiled.get(trigger);
    if (known == null) {
      try {
        known = CompiledTrigger.of(trigger);
      } catch (InvalidTriggerException invalid) {
        throw new IllegalStateException("triggers/" + trigger.name(), invalid);
      }
      compiled.put(trigger, known);
    }
    return known;
  }

  private void decide(TriggerRow trigger, LogEvent event, CausationChain causes)
      throws SQLException {
    TriggerEvent seen =
        new TriggerEvent(
            event.sequence(),
            event.type(),
            event.time(),
            EventVariable.of(event),
            causes,
            event.data().length());
    TriggerDecision decision =
        new TriggerRules(compiled(trigger.trigger()), facts)
            .next(seen, key -> find(trigger, key).map(OpenWindow::window));
    if (decision instanceof TriggerDecision.Waits waits) {
      merge(trigger, waits.window());
    } else {
      act(trigger.id(), trigger.trigger(), decision, "event " + inWords(event));
    }
  }

  private static String inWords(LogEvent event) {
    return event.sequence() + " (" + event.type() + ", " + event.subject() + ")";
  }

  private static Place place(TriggerRow trigger, String key) {
    return new Place(trigger.id(), trigger.stored().version(), key);
  }

  private Optional<OpenWindow> find(TriggerRow trigger, String key) {
    return open.computeIfAbsent(
        place(trigger, key),
        place -> {
          try {
            return rows.open(trigger, key);
          } catch (SQLException failed) {
            throw new FactsAt.UnreadException(failed);
          }
        });
  }

  private void merge(TriggerRow trigger, CoalesceWindow window) {
    Place place = place(trigger, window.key());
    Optional<OpenWindow> before = open.get(place);
    if (before.isPresent() && window.events().size() > 1) {
      open.put(place, Optional.of(before.get().with(window)));
      return;
    }
    before.ifPresent(left::add);
    int version = trigger.stored().version();
    open.put(
        place, Optional.of(new OpenWindow(0, trigger.id(), version, trigger.trigger(), window, 0)));
  }

  private void writeWindows() throws SQLException {
    for (OpenWindow window : left) {
      writeIfChanged(window);
    }
    for (Optional<OpenWindow> window : open.values()) {
      if (window.isPresent()) {
        writeIfChanged(window.get());
      }
    }
  }

  private void writeIfChanged(OpenWindow window) throws SQLException {
    if (window.window().events().size() > window.stored()) {
      rows.write(window);
    }
  }

  /** Starts what windows that are over have merged; at most so many of them. */
  int close(Instant seenUntil, int limit) throws SQLException {
    List<OpenWindow> due = rows.due(seenUntil, limit);
    for (OpenWindow window : due) {
      TriggerRules rules = new TriggerRules(compiled(window.trigger()), facts);
      List<TriggerEvent> events = window.window().events();
      String what =
          "events "
              + events.get(0).revision()
              + " to "
              + events.get(events.size() - 1).revision()
              + " ("
              + events.get(0).type()
              + ")";
      act(window.triggerId(), window.trigger(), rules.close(window.window()), what);
      rows.delete(window);
    }
    return due.size();
  }

  private void act(long triggerId, Trigger trigger, TriggerDecision decision, String what)
      throws SQLException {
    if (decision instanceof TriggerDecision.Faulted faulted) {
      counts.fault(triggerId, trigger.name(), "EXPRESSION", what + ": " + faulted.message());
    } else if (decision instanceof TriggerDecision.Refused refused) {
      counts.loop(triggerId, trigger.name(), what + ": " + refused.message());
    } else if (decision instanceof TriggerDecision.Starts start) {
      Optional<Starts.Fault> fault = starts.start(batch, triggerId, start);
      started++;
      if (fault.isEmpty()) {
        counts.start(triggerId);
      } else {
        String message = what + ": " + fault.get().message();
        counts.fault(triggerId, trigger.name(), fault.get().code(), message);
      }
    }
  }

  void writeCounts() throws SQLException {
    counts.write(batch.connection());
  }
}
