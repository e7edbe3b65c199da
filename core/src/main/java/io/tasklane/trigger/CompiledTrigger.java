package io.tasklane.trigger;

import io.tasklane.condition.Expression;
import io.tasklane.condition.Expressions;
import io.tasklane.condition.InvalidExpressionException;
import io.tasklane.condition.ResultType;
import io.tasklane.condition.Variable;
import io.tasklane.event.EventTypePattern;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A trigger that was checked, with its expressions compiled. */
public final class CompiledTrigger {
  /** The longest window. */
  public static final Duration LONGEST_WINDOW = Duration.ofDays(1);

  private static final Set<Variable> ONE = EnumSet.of(Variable.EVENT, Variable.FACTS);
  private static final Set<Variable> MANY = EnumSet.of(Variable.EVENTS, Variable.FACTS);

  private final Trigger trigger;
  private final Optional<Expression> condition;
  private final Optional<Expression> key;
  private final Map<String, Expression> inputs;

  private CompiledTrigger(
      Trigger trigger,
      Optional<Expression> condition,
      Optional<Expression> key,
      Map<String, Expression> inputs) {
    this.trigger = trigger;
    this.condition = condition;
    this.key = key;
    this.inputs = inputs;
  }

  /**
   * Checks a trigger and compiles its expressions.
   *
   * @throws InvalidTriggerException if it is not allowed, with the first field that is not
   */
  public static CompiledTrigger of(Trigger trigger) throws InvalidTriggerException {
    checkType(trigger);
    Duration window = trigger.coalesceWindow();
    if (window.isNegative() || window.compareTo(LONGEST_WINDOW) > 0) {
      throw new InvalidTriggerException(
          "coalesce_window", window + " is not allowed: zero to " + LONGEST_WINDOW + " are");
    }
    if (window.isZero() && trigger.coalesceKey().isPresent()) {
      throw new InvalidTriggerException(
          "coalesce_key", "without a coalesce_window nothing is merged");
    }
    Map<String, Expression> inputs = new TreeMap<>();
    for (Map.Entry<String, String> input : trigger.inputs().entrySet()) {
      String field = "inputs[\"" + input.getKey() + "\"]";
      inputs.put(input.getKey(), compiled(field, input.getValue(), ResultType.ANY, MANY));
    }
    return new CompiledTrigger(
        trigger,
        optional("condition", trigger.condition(), ResultType.BOOLEAN, ONE),
        optional("coalesce_key", trigger.coalesceKey(), ResultType.ANY, EnumSet.of(Variable.EVENT)),
        inputs);
  }

  private static void checkType(Trigger trigger) throws InvalidTriggerException {
    EventTypePattern type = new EventTypePattern(trigger.eventType());
    if (!type.isValid()) {
      throw new InvalidTriggerException(
          "event_type", "\"" + type.text() + "\" is not allowed: " + EventTypePattern.ALLOWED);
    }
    if (trigger.condition().isEmpty() && type.isReserved()) {
      throw new InvalidTriggerException(
          "condition",
          "a trigger on \""
              + type.text()
              + "\", which Tasklane publishes itself, needs a condition: it"
              + " could start itself");
    }
  }

  private static Optional<Expression> optional(
      String field, Optional<String> text, ResultType type, Set<Variable> variables)
      throws InvalidTriggerException {
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(compiled(field, text.get(), type, variables));
  }

  private static Expression compiled(
      String field, String text, ResultType type, Set<Variable> variables)
      throws InvalidTriggerException {
    try {
      return Expressions.compile(text, type, variables);
    } catch (InvalidExpressionException invalid) {
      throw new InvalidTriggerException(field, invalid.getMessage());
    }
  }

  /** What was compiled. */
  public Trigger trigger() {
    return trigger;
  }

  /** Whether events of this type are meant. */
  public boolean isOfType(String type) {
    return new EventTypePattern(trigger.eventType()).matches(type);
  }

  Optional<Expression> condition() {
    return condition;
  }

  Optional<Expression> key() {
    return key;
  }

  Map<String, Expression> inputs() {
    return inputs;
  }
}
