package io.tasklane.cli.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * One task that the morning needs.
 *
 * @param queue short name, "PORTFOLIO_SYNC"
 * @param type the task type
 * @param priority 1 to 10, 10 runs first
 * @param input the task's input
 * @param symbols what it is about; empty where it is about the whole portfolio
 */
record Order(String queue, String type, int priority, JsonObject input, List<String> symbols) {
  Order {
    symbols = List.copyOf(symbols);
  }

  /** A task about the whole portfolio. */
  static Order portfolio(String type, int priority, JsonObject input) {
    return new Order("PORTFOLIO_SYNC", type, priority, input, List.of());
  }

  /** A task that is told its symbols in its input. */
  static Order about(List<String> symbols, String queue, String type, int priority) {
    JsonObject input = new JsonObject();
    JsonArray names = new JsonArray();
    symbols.forEach(names::add);
    input.add("symbols", names);
    return new Order(queue, type, priority, input, symbols);
  }
}
