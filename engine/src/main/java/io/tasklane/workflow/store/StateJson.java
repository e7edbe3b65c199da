package io.tasklane.workflow.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tasklane.json.JsonValue;
import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.state.Cause;
import io.tasklane.workflow.state.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Causes and outputs as their columns have them; null stands for none. */
public final class StateJson {
  private StateJson() {}

  /** A cause as text. */
  public static String cause(Optional<Cause> cause) {
    return cause.map(StateJson::text).orElse(null);
  }

  private static String text(Cause cause) {
    ObjectNode object = JsonValue.NODES.objectNode();
    object.put("kind", cause.kind().code());
    object.put("code", cause.code());
    object.put("message", cause.message());
    cause
        .actor()
        .ifPresent(
            actor -> {
              object.put("principal", actor.principal());
              object.put("reason", actor.reason());
            });
    return JsonValue.text(object);
  }

  /** A cause from its column. */
  public static Optional<Cause> cause(String column) {
    if (column == null) {
      return Optional.empty();
    }
    JsonNode object = JsonValue.tree(column);
    Optional<Actor> actor =
        object.has("principal")
            ? Optional.of(
                new Actor(object.get("principal").textValue(), object.get("reason").textValue()))
            : Optional.empty();
    return Optional.of(
        new Cause(
            Failure.Kind.of(object.get("kind").intValue()),
            object.get("code").textValue(),
            object.get("message").textValue(),
            actor));
  }

  /** An output as text. */
  public static String output(Output output) {
    ObjectNode object = JsonValue.NODES.objectNode();
    if (output instanceof Output.Value value) {
      if (value.json() == null) {
        return null;
      }
      object.set("value", JsonValue.tree(value.json()));
    } else if (output instanceof Output.Result result) {
      object.set("result", key(result.key()));
    } else if (output instanceof Output.Gathered gathered) {
      object.set("gathered", key(gathered.key()));
    }
    return JsonValue.text(object);
  }

  /** An output from its column. */
  public static Output output(String column) {
    if (column == null) {
      return Output.NONE;
    }
    JsonNode object = JsonValue.tree(column);
    if (object.has("value")) {
      return new Output.Value(JsonValue.plain(object.get("value")));
    }
    return object.has("result")
        ? new Output.Result(key(object.get("result")))
        : new Output.Gathered(key(object.get("gathered")));
  }

  private static ArrayNode key(NodeKey key) {
    ArrayNode array = JsonValue.NODES.arrayNode();
    array.add(key.nodeId());
    key.index().forEach(array::add);
    return array;
  }

  private static NodeKey key(JsonNode array) {
    List<Integer> index = new ArrayList<>();
    for (int i = 1; i < array.size(); i++) {
      index.add(array.get(i).intValue());
    }
    return new NodeKey(array.get(0).textValue(), index);
  }
}
