package io.tasklane.trigger;

import io.tasklane.condition.Bindings;
import io.tasklane.condition.Evaluation;
import io.tasklane.condition.Expression;
import io.tasklane.condition.Reference;
import io.tasklane.condition.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Decides what a trigger makes of events. An expression without a value starts nothing and shows
 * with the trigger; it never counts as false.
 */
public final class TriggerRules {
  private final CompiledTrigger compiled;
  private final Function<String, Optional<Object>> facts;

  /**
   * The rules of one trigger, with the facts that its expressions may read.
   *
   * @param compiled the trigger with its expressions
   * @param facts the values of those that have not expired, by name
   */
  public TriggerRules(CompiledTrigger compiled, Function<String, Optional<Object>> facts) {
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
   * What it makes of the next event of the log.
   *
   * @param open gives the open window of this trigger with a key
   */
  public Verdict next(TriggerEvent event, Function<String, Optional<Window>> open) {
    if (!compiled.isOfType(event.type())) {
      return new Verdict.NoMatch();
    }
    try {
      Bindings bindings = bindings(Variable.EVENT, event.variable());
      if (compiled.condition().isPresent()
          && !(Boolean) value("condition", compiled.condition().get(), bindings)) {
        return new Verdict.NoMatch();
      }
      if (!event.causes().allow(compiled.trigger().name())) {
        return refused();
      }
      if (compiled.trigger().coalesceWindow().isZero()) {
        return start(List.of(event));
      }
      String key = key(bindings);
      return new Verdict.Waits(
          open.apply(key)
              .filter(window -> window.takes(event))
              .map(window -> window.and(event))
              .orElseGet(() -> Window.opening(key, event, compiled.trigger().coalesceWindow())));
    } catch (NoValueException noValue) {
      return new Verdict.Faulted(noValue.getMessage());
    }
  }

  /** What it makes of a window that is due, or is replaced by another with its key. */
  public Verdict close(Window window) {
    try {
      return start(window.events());
    } catch (NoValueException noValue) {
      return new Verdict.Faulted(noValue.getMessage());
    }
  }

  private Verdict start(List<TriggerEvent> events) throws NoValueException {
    String name = compiled.trigger().name();
    Causes causes = Causes.NONE;
    for (TriggerEvent event : events) {
      causes = causes.mergedWith(event.causes());
    }
    if (!causes.allow(name)) {
      return refused();
    }
    Map<String, Object> inputs = new TreeMap<>();
    List<Map<String, Object>> variables = events.stream().map(TriggerEvent::variable).toList();
    Bindings bindings = bindings(Variable.EVENTS, variables);
    for (Map.Entry<String, Expression> input : compiled.inputs().entrySet()) {
      String field = "inputs[\"" + input.getKey() + "\"]";
      inputs.put(input.getKey(), value(field, input.getValue(), bindings));
    }
    return new Verdict.Starts(
        name,
        events.stream().map(TriggerEvent::revision).toList(),
        compiled.trigger().template(),
        inputs,
        causes.and(name));
  }

  private Verdict refused() {
    return new Verdict.Refused(
        "it stands in the chain of its own causes "
            + Causes.MAX_REPEATS
            + " times, or the chain has "
            + Causes.MAX_LENGTH
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
      facts.apply(reference.name()).ifPresent(value -> known.put(reference.name(), value));
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
