package io.tasklane.cli.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * One task that the morning needs.
 *
 * @param id final part of its name
 * @param queue short name, "PORTFOLIO_SYNC"
 * @param type the task type
 * @param priority 1 to 10, 10 runs first
 * @param input the task's input
 * @param needs tasks that have to succeed before it
 */
record Order(
    String id, String queue, String type, int priority, JsonObject input, List<Need> needs) {
  /**
   * Another task of the morning that has to succeed first.
   *
   * @param id final part of its name
   * @param inputKey where its result is put in the input; empty puts it nowhere
   */
  record Need(String id, String inputKey) {}

  Order {
    needs = List.copyOf(needs);
  }

  /** A task about the whole portfolio. */
  static Order portfolio(String id, String type, int priority, JsonObject input) {
    return new Order(id, "PORTFOLIO_SYNC", type, priority, input, List.of());
  }

  /** A task that gets its symbols in its input. */
  static Order about(String id, List<String> symbols, String queue, String type, int priority) {
    JsonObject input = new JsonObject();
    JsonArray names = new JsonArray();
    symbols.forEach(names::add);
    input.add("symbols", names);
    return new Order(id, queue, type, priority, input, List.of());
  }

  /** The same, after this one. */
  Order after(Order first) {
    return given("", first);
  }

  /** The same, after this one and with its result under this key of the input. */
  Order given(String inputKey, Order first) {
    List<Need> all = new ArrayList<>(needs);
    all.add(new Need(first.id(), inputKey));
    return new Order(id, queue, type, priority, input, all);
  }
}
