package io.tasklane.workflow.run;

import io.tasklane.condition.Bindings;
import io.tasklane.condition.Evaluation;
import io.tasklane.condition.Expression;
import io.tasklane.condition.Reference;
import io.tasklane.condition.Variable;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.Placement;
import io.tasklane.workflow.compile.Role;
import io.tasklane.workflow.compile.Slot;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.ForEach;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the expressions of a node see, and what is passed to it. */
final class Scope {
  private static final String CODE = "EXPRESSION";

  private final Draft draft;
  private Optional<Bindings> inputs = Optional.empty();

  Scope(Draft draft) {
    this.draft = draft;
  }

  /** An expression has no value; its node fails with this. */
  static final class FaultException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Cause cause;

    FaultException(String code, String message) {
      super(message);
      this.cause = Cause.permanent(code, message);
    }

    Cause cause() {
      return cause;
    }
  }

  Object value(NodeKey key, Slot slot) throws FaultException {
    Expression expression =
        draft.flow.expression(key.nodeId(), slot).orElseThrow(IllegalStateException::new);
    return value(expression, slot.toString(), key, Optional.empty());
  }

  Object eventValue(NodeKey key, Expression expression, Object event) throws FaultException {
    return value(expression, Slot.EVENT.toString(), key, Optional.of(event));
  }

  Object value(Expression expression, String where, NodeKey key, Optional<Object> event)
      throws FaultException {
    Evaluation result;
    try {
      result = expression.evaluate(bindings(expression, key, event));
    } catch (UnreadableOutputException unreadable) {
      throw new FaultException(unreadable.code(), where + ": " + unreadable.getMessage());
    } catch (IllegalArgumentException notJson) {
      throw new FaultException(CODE, where + ": " + notJson.getMessage());
    }
    if (result instanceof Evaluation.Fault fault) {
      throw new FaultException(CODE, where + ": " + fault.message());
    }
    return ((Evaluation.Value) result).value();
  }

  private Bindings bindings(Expression expression, NodeKey key, Optional<Object> event)
      throws UnreadableOutputException {
    Bindings bindings = new Bindings();
    named(expression, key, bindings);
    if (expression.variables().contains(Variable.INPUTS)) {
      bindings.withAll(inputs());
    }
    if (expression.variables().contains(Variable.ITEM)) {
      bindings.with(Variable.ITEM, item(key));
    }
    if (expression.variables().contains(Variable.INDEX)) {
      bindings.with(Variable.INDEX, key.position());
    }
    if (expression.variables().contains(Variable.EVENT)) {
      bindings.with(Variable.EVENT, event.isPresent() ? event.get() : event(key));
    }
    return bindings;
  }

  /** Converted once for all nodes: the copies of a for-each may read large inputs many times. */
  private Bindings inputs() {
    if (inputs.isEmpty()) {
      inputs = Optional.of(new Bindings().with(Variable.INPUTS, draft.loaded.inputs()));
    }
    return inputs.get();
  }

  private void named(Expression expression, NodeKey key, Bindings bindings)
      throws UnreadableOutputException {
    Map<String, Object> outputs = new HashMap<>();
    Map<String, Object> facts = new HashMap<>();
    for (Reference reference : expression.references()) {
      String name = reference.name();
      if (reference.variable() == Variable.FACTS) {
        draft.loaded.fact(name).ifPresent(value -> facts.put(name, value));
      } else {
        NodeKey read = key.enclosing(name, draft.flow.placement(name).loops().size());
        Optional<Instance> instance = draft.find(read);
        if (instance.filter(found -> found.state() == NodeState.SUCCEEDED).isPresent()) {
          outputs.put(name, draft.loaded.value(instance.get().output()));
        } else {
          bindings.absent(Variable.OUTPUTS, name, whyAbsent(name, instance));
        }
      }
    }
    bindings.with(Variable.OUTPUTS, outputs);
    bindings.with(Variable.FACTS, facts);
  }

  private static String whyAbsent(String name, Optional<Instance> instance) {
    return switch (instance.map(Instance::state).orElse(NodeState.SKIPPED)) {
      case FAILED -> name + " failed";
      case CANCELLED -> name + " was cancelled";
      case RUNNING -> name + " has not succeeded";
      default -> name + " was skipped";
    };
  }

  private Object item(NodeKey key) {
    List<String> loops = draft.flow.placement(key).loops();
    NodeKey loop = key.enclosing(loops.get(loops.size() - 1), loops.size() - 1);
    ForEach each = (ForEach) draft.flow.placement(loop).node().kind();
    return each.item(draft.get(loop).memory().items(), key.position());
  }

  private Object event(NodeKey key) throws UnreadableOutputException {
    String id = draft.flow.placement(key).waitId().orElseThrow(IllegalStateException::new);
    NodeKey wait = key.enclosing(id, draft.flow.placement(id).loops().size());
    Object event = draft.loaded.value(draft.get(wait).output());
    return event == null ? Map.of() : event;
  }

  /** What a node is handed by the ones before and above it; empty if there is nothing. */
  Optional<Output> passed(NodeKey key) {
    Optional<NodeKey> parent = draft.flow.parent(key);
    if (parent.isEmpty()) {
      return Optional.empty();
    }
    Placement above = draft.flow.placement(parent.get());
    if (draft.role(key) == Role.HANDLER) {
      return draft.get(parent.get()).cause().map(cause -> new Output.Value(cause.asInput()));
    }
    int position = draft.flow.position(key);
    if (above.node().kind() instanceof Chain && position > 0) {
      return Optional.of(draft.get(draft.flow.child(parent.get(), position - 1)).output());
    }
    if (above.node().kind() instanceof ForEach) {
      return Optional.of(new Output.Value(item(key)));
    }
    return above.node().kind() instanceof EventWait
        ? Optional.of(draft.get(parent.get()).output())
        : passed(parent.get());
  }
}
