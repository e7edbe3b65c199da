package io.tasklane.trading.fundamentals;

import io.tasklane.trading.format.DataFault;
import io.tasklane.trading.format.JsonText;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was picked from a file, so that an unchanged file need not be understood again.
 *
 * @param sha256 of the file's bytes
 * @param entity the company's name
 * @param accession number of the newest filing that was known
 * @param filed when that was filed: known from then on
 * @param nextFiled when the file's next filing was; it was not known yet
 * @param points what was picked, by name
 */
record Kept(
    String sha256,
    String entity,
    String accession,
    LocalDate filed,
    Optional<LocalDate> nextFiled,
    Map<String, DataPoint> points) {
  /** To be raised when facts are picked in another way, so that what was kept counts no more. */
  private static final int RULES = 1;

  /** Keeps an own copy. */
  Kept {
    points = Map.copyOf(points);
  }

  /** Picks anew. */
  static Kept of(String file, byte[] bytes, String sha256, LocalDate asOf) {
    CompanyFacts all = CompanyFactsReader.read(file, bytes);
    CompanyFacts known = all.knownOn(asOf);
    Fact newest =
        known
            .newest()
            .orElseThrow(
                () ->
                    DataFault.missing(
                        file + " has no fact of an annual or quarterly report filed by " + asOf));
    return new Kept(
        sha256,
        all.entity(),
        newest.accession(),
        newest.filed(),
        all.firstFiledAfter(asOf),
        Pick.from(known));
  }

  /** Whether a file with that content, seen on that day, gives the same. */
  boolean isOf(String sha, LocalDate asOf) {
    return sha256.equals(sha)
        && !asOf.isBefore(filed)
        && nextFiled.map(asOf::isBefore).orElse(true);
  }

  /** How many data points are new here, or other than before. */
  long newPoints(Optional<Kept> before) {
    Map<String, DataPoint> old = before.map(Kept::points).orElse(Map.of());
    return points.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(old.get(entry.getKey())))
        .count();
  }

  JsonObject toJson() {
    JsonObjectBuilder all = JsonText.object();
    new TreeMap<>(points).forEach((name, point) -> all.add(name, point.toJson()));
    JsonObjectBuilder json =
        JsonText.object()
            .add("rules", RULES)
            .add("sha256", sha256)
            .add("entity", entity)
            .add("accession", accession)
            .add("filed", filed.toString())
            .add("points", all);
    nextFiled.ifPresent(day -> json.add("next_filed", day.toString()));
    return json.build();
  }

  /** Reads what {@link #toJson} wrote; empty where other rules picked it. */
  static Optional<Kept> of(JsonObject json) {
    if (json.getInt("rules", 0) != RULES) {
      return Optional.empty();
    }
    Map<String, DataPoint> points = new TreeMap<>();
    json.getJsonObject("points")
        .forEach((name, point) -> points.put(name, DataPoint.of(point.asJsonObject())));
    return Optional.of(
        new Kept(
            json.getString("sha256"),
            json.getString("entity"),
            json.getString("accession"),
            LocalDate.parse(json.getString("filed")),
            Optional.ofNullable(json.getString("next_filed", null)).map(LocalDate::parse),
            points));
  }
}
