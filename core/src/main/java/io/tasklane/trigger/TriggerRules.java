package io.tasklane.trigger;

import io.tasklane.condition.Bindings;
import io.tasklane.condition.Evaluation;
import io.tasklane.condition.Expression;
import io.tasklane.condition.Reference;
import io.tasklane.condition.Variable;
import io.tasklane.fact.Fact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Decides what a trigger does about events. An expression without a value starts nothing and shows
 * with the trigger; it never counts as false.
 */
public final class TriggerRules {
  private final CompiledTrigger compiled;
  private final Function<String, Optional<Fact>> facts;

  /**
   * The rules of one trigger, with the facts that its expressions may read.
   *
   * @param compiled the trigger with its expressions
   * @param facts those that have not expired, by name
   */
  public TriggerRules(CompiledTrigger compiled, Function<String, Optional<Fact>> facts) {
    this.compiled = compiled;
    this.facts = facts;
  }

  /** An expression has no value. */
  private static final class NoValueException extends Exception {
    private static final long serialVersionUID = 1L;

    NoValueException(String message) {
      super(message);
    }
  }

  /**
   * What it decides about the next event of the log.
   *
   * @param open gives the open window of this trigger with a key
   */
  public TriggerDecision next(TriggerEvent event, Function<String, Optional<CoalesceWindow>> open) {
    if (!compiled.isOfType(event.type())) {
      return new TriggerDecision.NoMatch();
    }
    try {
      Bindings bindings = bindings(Variable.EVENT, event.variable());
      if (compiled.condition().isPresent()
          && !(Boolean) value("condition", compiled.condition().get(), bindings)) {
        return new TriggerDecision.NoMatch();
      }
      if (!event.causation().allow(compiled.trigger().name())) {
        return refused();
      }
      if (compiled.trigger().coalesceWindow().isZero()) {
        return start(List.of(event));
      }
      String key = key(bindings);
      return new TriggerDecision.Waits(
          open.apply(key)
              .filter(window -> window.takes(event))
              .map(window -> window.and(event))
              .orElseGet(
                  () -> CoalesceWindow.opening(key, event, compiled.trigger().coalesceWindow())));
    } catch (NoValueException noValue) {
      return new TriggerDecision.Faulted(noValue.getMessage());
    }
  }

  /** What it decides about a window that is due, or is replaced by another with its key. */
  public TriggerDecision close(CoalesceWindow window) {
    try {
      return start(window.events());
    } catch (NoValueException noValue) {
      return new TriggerDecision.Faulted(noValue.getMessage());
    }
  }

  private TriggerDecision start(List<TriggerEvent> events) throws NoValueException {
    String name = compiled.trigger().name();
    CausationChain causation = CausationChain.NONE;
    for (TriggerEvent event : events) {
      causation = causation.mergedWith(event.causation());
    }
    if (!causation.allow(name)) {
      return refused();
    }
    Map<String, Object> inputs = new TreeMap<>();
    List<Map<String, Object>> variables = events.stream().map(TriggerEvent::variable).toList();
    Bindings bindings = bindings(Variable.EVENTS, variables);
    for (Map.Entry<String, Expression> input : compiled.inputs().entrySet()) {
      String field = "inputs[\"" + input.getKey() + "\"]";
      inputs.put(input.getKey(), value(field, input.getValue(), bindings));
    }
    return new TriggerDecision.Starts(
        name,
        events.stream().map(TriggerEvent::revision).toList(),
        compiled.trigger().template(),
        inputs,
        causation.and(name));
  }

  private TriggerDecision refused() {
    return new TriggerDecision.Refused(
        "it stands in the chain of its own causes "
            + CausationChain.MAX_REPEATS
            + " times, or the chain has "
            + CausationChain.MAX_LENGTH
            + " starts");
  }

  private String key(Bindings bindings) throws NoValueException {
    if (compiled.key().isEmpty()) {
      return "";
    }
    Object key = value("coalesce_key", compiled.key().get(), bindings);
    if (key instanceof String || key instanceof Number || key instanceof Boolean) {
      return key.toString();
    }
    throw new NoValueException(
        "coalesce_key: it must yield a string, a number or a boolean and yields "
            + (key == null ? "null" : "a list or a map"));
  }

  private Object value(String field, Expression expression, Bindings bindings)
      throws NoValueException {
    Map<String, Object> known = new HashMap<>();
    for (Reference reference : expression.references()) {
      facts.apply(reference.name()).ifPresent(fact -> known.put(fact.name(), fact.value()));
    }
    Evaluation result = expression.evaluate(with(bindings, Variable.FACTS, known));
    if (result instanceof Evaluation.Fault fault) {
      throw new NoValueException(field + ": " + fault.message());
    }
    return ((Evaluation.Value) result).value();
  }

  private static Bindings bindings(Variable variable, Object value) throws NoValueException {
    return with(new Bindings(), variable, value);
  }

  private static Bindings with(Bindings bindings, Variable variable, Object value)
      throws NoValueException {
    try {
      return bindings.with(variable, value);
    } catch (IllegalArgumentException notJson) {
      throw new NoValueException(notJson.getMessage());
    }
  }
}
