package io.tasklane.bench.figure;

import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One row of a comparison: our figure, what the machine does without us, and what a peer does.
 *
 * @param name what was measured; the same in every run
 * @param unit of all figures of this row
 * @param tasklane our figure
 * @param goal what it shall reach on the machine of docs/benchmarks.md, where there is a goal
 * @param raw the limit that the machine sets, measured in the same run
 * @param peer db-scheduler on the same PostgreSQL in the same run, where it does such a thing
 * @param usage what one task cost the server
 */
public record Measure(
    String name,
    Unit unit,
    double tasklane,
    OptionalDouble goal,
    Optional<Reference> raw,
    Optional<Reference> peer,
    Usage usage) {

  /** A figure with nothing to compare it with yet. */
  public static Measure of(String name, Unit unit, double tasklane) {
    return new Measure(
        name,
        unit,
        tasklane,
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        Usage.UNKNOWN);
  }

  /** The same with a goal. */
  public Measure shall(double reach) {
    return new Measure(name, unit, tasklane, OptionalDouble.of(reach), raw, peer, usage);
  }

  /** The same beside a limit, where that was measured. */
  public Measure against(Optional<Reference> limit) {
    return new Measure(name, unit, tasklane, goal, limit, peer, usage);
  }

  /** The same beside a peer, where that was measured. */
  public Measure beside(Optional<Reference> other) {
    return new Measure(name, unit, tasklane, goal, raw, other, usage);
  }

  /** The same with what one task cost. */
  public Measure costing(Usage each) {
    return new Measure(name, unit, tasklane, goal, raw, peer, each);
  }

  /** Our figure as a multiple of the raw one. */
  public OptionalDouble ratio() {
    return raw.isPresent() ? over(raw.get()) : OptionalDouble.empty();
  }

  /** Our figure as a multiple of the peer's. */
  public OptionalDouble ratioToPeer() {
    return peer.isPresent() ? over(peer.get()) : OptionalDouble.empty();
  }

  /** Whether the goal is reached; empty where there is none. */
  public Optional<Boolean> reached() {
    if (goal.isEmpty()) {
      return Optional.empty();
    }
    double shall = goal.getAsDouble();
    return Optional.of(unit.moreIsBetter() ? tasklane >= shall : tasklane <= shall);
  }

  private OptionalDouble over(Reference other) {
    return other.value() > 0 ? OptionalDouble.of(tasklane / other.value()) : OptionalDouble.empty();
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("unit", unit.symbol());
    json.addProperty("tasklane", Figures.rounded(tasklane));
    goal.ifPresent(value -> json.addProperty("goal", value));
    raw.ifPresent(value -> json.add("raw", value.json()));
    ratio().ifPresent(value -> json.addProperty("ratio_to_raw", Figures.rounded(value)));
    peer.ifPresent(value -> json.add("peer", value.json()));
    ratioToPeer().ifPresent(value -> json.addProperty("ratio_to_peer", Figures.rounded(value)));
    usage.into(json);
    return json;
  }

  static Measure read(JsonObject json) {
    return new Measure(
        json.get("name").getAsString(),
        Unit.of(json.get("unit").getAsString()),
        json.get("tasklane").getAsDouble(),
        json.has("goal")
            ? OptionalDouble.of(json.get("goal").getAsDouble())
            : OptionalDouble.empty(),
        reference(json, "raw"),
        reference(json, "peer"),
        Usage.of(json));
  }

  private static Optional<Reference> reference(JsonObject json, String name) {
    return Optional.ofNullable(json.getAsJsonObject(name)).map(Reference::read);
  }
}
