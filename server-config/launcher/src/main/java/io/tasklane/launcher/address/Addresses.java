package io.tasklane.launcher.address;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a running server listens.
 *
 * @param node ports of its node, on 127.0.0.1; empty where it has none
 * @param backbone database and broker
 */
public record Addresses(Optional<NodePorts> node, Backbone backbone) {
  /** The one address everything binds to; other interfaces need credentials first. */
  public static final String HOST = "127.0.0.1";

  /**
   * Ports of a node.
   *
   * @param grpc of the API
   * @param http of the dashboard
   */
  public record NodePorts(int grpc, int http) {}

  /** As the ready line prints it. Without a node it tells what nodes need to join. */
  @Override
  public String toString() {
    Map<String, String> fields = fields();
    if (node.isPresent()) {
      fields.keySet().removeAll(backbone.fields().keySet());
    }
    return line(fields);
  }

  /** By name, with what further nodes need to join. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    node.ifPresent(
        ports -> {
          fields.put("grpc", HOST + ":" + ports.grpc());
          fields.put("http", HOST + ":" + ports.http());
        });
    fields.put("jms", backbone.broker());
    fields.putAll(backbone.fields());
    return fields;
  }

  /** Fields as "name=value", separated by spaces. */
  public static String line(Map<String, String> fields) {
    return fields.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
  }
}
