package io.tasklane.step;

import io.tasklane.condition.Bindings;
import io.tasklane.condition.Evaluation;
import io.tasklane.condition.Expression;
import io.tasklane.condition.Expressions;
import io.tasklane.condition.InvalidExpressionException;
import io.tasklane.condition.ResultType;
import io.tasklane.condition.Variable;
import io.tasklane.event.EventVariable;
import io.tasklane.event.LogEvent;
import io.tasklane.json.JsonValue;
import io.tasklane.task.Payload;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an event has to be for a step.
 *
 * @param compiled CEL over the event; empty for any
 * @param fault why the text is no such expression, although it was when the wait began
 */
record EventCondition(Optional<Expression> compiled, Optional<String> fault) {
  static EventCondition of(String text) {
    try {
      return new EventCondition(compile(text), Optional.empty());
    } catch (InvalidExpressionException invalid) {
      return new EventCondition(Optional.empty(), Optional.of(invalid.getMessage()));
    }
  }

  /** Empty for an empty text, which any event meets. */
  static Optional<Expression> compile(String text) throws InvalidExpressionException {
    return text.isBlank()
        ? Optional.empty()
        : Optional.of(Expressions.compile(text, ResultType.BOOLEAN, Set.of(Variable.EVENT)));
  }

  /** How the wait ends by this event; empty where it goes on. */
  Optional<SettleSteps.Settlement> ask(LogEvent event) {
    if (fault.isPresent()) {
      return fault.map(SettleSteps.Settlement::failed);
    }
    Map<String, Object> value = EventVariable.of(event);
    if (compiled.isEmpty()) {
      return Optional.of(met(value));
    }
    Evaluation answer = compiled.get().evaluate(new Bindings().with(Variable.EVENT, value));
    if (answer instanceof Evaluation.Fault error) {
      return Optional.of(
          SettleSteps.Settlement.failed(
              "condition " + compiled.get() + ", event " + event.type() + ": " + error.message()));
    }
    boolean holds = Boolean.TRUE.equals(((Evaluation.Value) answer).value());
    return holds ? Optional.of(met(value)) : Optional.empty();
  }

  private static SettleSteps.Settlement met(Map<String, Object> event) {
    return SettleSteps.Settlement.by(Payload.json(JsonValue.write(event)));
  }
}
