package io.tasklane.bench.figure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What one run of a scenario measured, in the order in which it is to be read. */
public final class Figures {
  private final String scenario;
  private final Instant time;
  private final JsonObject machine;
  private final List<Measure> measures = new ArrayList<>();
  private final JsonObject details;

  private Figures(String scenario, Instant time, JsonObject machine, JsonObject details) {
    this.scenario = scenario;
    this.time = time;
    this.machine = machine;
    this.details = details;
  }

  /**
   * An empty set of figures of this machine.
   *
   * @param scenario what is measured
   * @param time when
   */
  public static Figures of(String scenario, Instant time) {
    return new Figures(scenario, time, Machine.facts(), new JsonObject());
  }

  /** The figures of a run that printed them with --json. */
  public static Figures read(String line) {
    JsonObject json = JsonParser.parseString(line).getAsJsonObject();
    Figures figures =
        new Figures(
            json.get("scenario").getAsString(),
            Instant.parse(json.get("time").getAsString()),
            json.getAsJsonObject("machine"),
            json.getAsJsonObject("details"));
    for (JsonElement measure : json.getAsJsonArray("measures")) {
      figures.add(Measure.read(measure.getAsJsonObject()));
    }
    return figures;
  }

  /** Adds a row of the comparison. */
  public Figures add(Measure measure) {
    measures.add(measure);
    return this;
  }

  /**
   * Adds a figure beside the comparison, that explains it.
   *
   * @param name with its unit, "recorded_tasks_per_second"
   * @param value a number, rounded to three places where it is no integer
   * @return these figures
   */
  public Figures detail(String name, Number value) {
    boolean whole = value instanceof Integer || value instanceof Long;
    details.add(name, new JsonPrimitive(whole ? value : rounded(value.doubleValue())));
    return this;
  }

  /** Adds a remark beside the comparison. */
  public Figures detail(String name, String value) {
    details.addProperty(name, value);
    return this;
  }

  /** What was measured. */
  public String scenario() {
    return scenario;
  }

  /** When. */
  public Instant time() {
    return time;
  }

  /** On what. */
  public JsonObject machine() {
    return machine.deepCopy();
  }

  /** The rows of the comparison. */
  public List<Measure> measures() {
    return List.copyOf(measures);
  }

  /** All of it on one line of JSON. */
  public String json() {
    JsonObject json = new JsonObject();
    json.addProperty("scenario", scenario);
    json.addProperty("time", time.toString());
    json.add("machine", machine);
    JsonArray rows = new JsonArray();
    measures.forEach(measure -> rows.add(measure.json()));
    json.add("measures", rows);
    json.add("details", details);
    return json.toString();
  }

  /**
   * Prints them for people.
   *
   * @param out where they go
   */
  public void print(PrintWriter out) {
    for (Measure measure : measures) {
      out.println(
          "%s: %s %s".formatted(measure.name(), text(measure.tasklane()), measure.unit().symbol()));
      measure.raw().ifPresent(raw -> print(out, raw, measure.ratio().orElse(0)));
      measure.peer().ifPresent(peer -> print(out, peer, measure.ratioToPeer().orElse(0)));
      print(out, measure.usage());
    }
    details.asMap().forEach((name, value) -> line(out, name, value.getAsString()));
    line(out, "machine", machine.toString());
    out.flush();
  }

  private static void print(PrintWriter out, Reference other, double ratio) {
    line(out, other.name(), text(other.value()) + ", ratio " + text(ratio));
  }

  private static void print(PrintWriter out, Usage usage) {
    usage
        .processor()
        .ifPresent(
            millis -> line(out, "processor time a task", text(millis) + " ms, " + parts(usage)));
    usage.walBytes().ifPresent(bytes -> line(out, "WAL a task", text(bytes) + " bytes"));
  }

  private static String parts(Usage usage) {
    return usage.processorMillis().entrySet().stream()
        .map(part -> part.getKey() + " " + text(part.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static void line(PrintWriter out, String name, String value) {
    out.println(String.format(Locale.ROOT, "  %-40s %s", name, value));
  }

  private static String text(double value) {
    return Double.toString(rounded(value));
  }

  /** To three places, which is more than any run is good for. */
  static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
