package io.tasklane.bench;

import com.google.gson.Gson;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a scenario measured, in the order in which it is to be read. */
public final class Figures {
  private final Map<String, Object> byName = new LinkedHashMap<>();

  /**
   * A set of figures that begins with the machine.
   *
   * @param scenario what was measured
   */
  public Figures(String scenario) {
    byName.put("scenario", scenario);
    byName.put("machine", Machine.facts());
  }

  /**
   * Adds one figure.
   *
   * @param name with its unit, "recorded_tasks_per_second"
   * @param value a number, rounded to three places where it is no integer
   * @return these figures
   */
  public Figures put(String name, Number value) {
    boolean whole = value instanceof Integer || value instanceof Long;
    byName.put(name, whole ? value : Math.round(value.doubleValue() * 1000) / 1000.0);
    return this;
  }

  /** All of them on one line of JSON. */
  public String json() {
    return new Gson().toJson(byName);
  }

  /**
   * Prints them for people.
   *
   * @param out where they go
   */
  public void print(PrintWriter out) {
    byName.forEach(
        (name, value) -> out.println(String.format(Locale.ROOT, "%-34s %s", name, value)));
    out.flush();
  }
}
