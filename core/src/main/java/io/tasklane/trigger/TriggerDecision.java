package io.tasklane.trigger;

import java.util.List;
import java.util.Map;

/** What a trigger decides about an event, or about a window that is due. */
public sealed interface TriggerDecision {
  /** It is not meant. */
  record NoMatch() implements TriggerDecision {}

  /**
   * It cannot be decided, or its inputs cannot; nothing starts, and this shows with the trigger.
   *
   * @param message field, line, column and reason
   */
  record Faulted(String message) implements TriggerDecision {}

  /**
   * The trigger stands in the chain of its causes too often; nothing starts, and this shows with
   * the trigger.
   *
   * @param message how often
   */
  record Refused(String message) implements TriggerDecision {}

  /**
   * It waits in this window, which is new or replaces the one with the same key.
   *
   * @param window with the event
   */
  record Waits(CoalesceWindow window) implements TriggerDecision {}

  /**
   * A workflow starts. It is unique by trigger and first revision, and so is one start for an event
   * however many nodes decide it.
   *
   * @param trigger its name
   * @param revisions of the events, in the order of the log
   * @param template id of the template
   * @param inputs of the workflow
   * @param causation of the workflow
   */
  record Starts(
      String trigger,
      List<Long> revisions,
      String template,
      Map<String, Object> inputs,
      CausationChain causation)
      implements TriggerDecision {
    /** Copies the revisions. */
    public Starts {
      revisions = List.copyOf(revisions);
    }

    /** "{trigger}/{revision of the first event}". */
    public String key() {
      return trigger + "/" + revisions.get(0);
    }
  }
}
