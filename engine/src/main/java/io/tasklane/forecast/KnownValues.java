package io.tasklane.forecast;

import io.tasklane.condition.Bindings;
import io.tasklane.condition.Evaluation;
import io.tasklane.condition.Expression;
import io.tasklane.condition.Reference;
import io.tasklane.condition.Variable;
import io.tasklane.fact.Fact;
import io.tasklane.fact.FactReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Values of expressions that are known before their nodes start: those that read nothing but inputs
 * and facts, as these are now.
 *
 * @param connection to read facts on
 * @param now the present
 */
record KnownValues(Connection connection, Instant now) {
  private static final Set<Variable> KNOWN = EnumSet.of(Variable.INPUTS, Variable.FACTS);

  /** The value; empty where it is not known, or where there is none. */
  Optional<Object> of(Optional<Expression> expression, Object inputs) throws SQLException {
    if (expression.isEmpty() || !KNOWN.containsAll(expression.get().variables())) {
      return Optional.empty();
    }
    Map<String, Object> facts = new HashMap<>();
    for (Reference reference : expression.get().references()) {
      Optional<Fact> fact = new FactReader(connection).find(reference.name(), now);
      fact.ifPresent(found -> facts.put(reference.name(), found.value()));
    }
    try {
      Bindings bindings =
          new Bindings()
              .with(Variable.INPUTS, inputs)
              .with(Variable.FACTS, facts)
              .with(Variable.OUTPUTS, Map.of());
      return expression.get().evaluate(bindings) instanceof Evaluation.Value value
          ? Optional.ofNullable(value.value())
          : Optional.empty();
    } catch (IllegalArgumentException notJson) {
      return Optional.empty();
    }
  }
}
