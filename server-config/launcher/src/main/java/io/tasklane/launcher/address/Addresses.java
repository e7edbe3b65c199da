package io.tasklane.launcher.address;

import java.util.Optional;

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
  public record NodePorts(int grpc, int http) {
    @Override
    public String toString() {
      return "grpc=" + HOST + ":" + grpc + " http=" + HOST + ":" + http + " ";
    }
  }

  /** As the ready line prints it. Without a node it tells what nodes need to join. */
  @Override
  public String toString() {
    String jms = "jms=" + backbone.broker();
    return node.map(ports -> ports + jms).orElseGet(() -> jms + " " + backbone);
  }

  /** As {@code server status} prints it: with what further nodes need to join. */
  public String inFull() {
    return node.map(ports -> this + " " + backbone).orElseGet(this::toString);
  }
}
