package io.tasklane.bench.figure;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What some work cost the server: all its processes, and all that they did for it after the last
 * answer.
 *
 * @param processorMillis processor time by what processes are there for ("node", "broker",
 *     "postgres", "launcher"), of user and system together; empty where unknown
 * @param walBytes bytes of PostgreSQL's write-ahead log; empty where unknown
 */
public record Usage(Map<String, Double> processorMillis, OptionalDouble walBytes) {
  private static final String PROCESSOR = "processor_ms_a_task";
  private static final String BY_PROCESS = "processor_ms_a_task_by_process";
  private static final String WAL = "wal_bytes_a_task";

  /** Of a server of which nothing is known. */
  public static final Usage UNKNOWN = new Usage(Map.of(), OptionalDouble.empty());

  /** Keeps an own copy. */
  public Usage {
    processorMillis = new TreeMap<>(processorMillis);
  }

  /** Processor time of all processes together, in milliseconds; empty where unknown. */
  public OptionalDouble processor() {
    return processorMillis.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            processorMillis.values().stream().mapToDouble(Double::doubleValue).sum());
  }

  /** Of this work and that together. */
  public Usage plus(Usage other) {
    Map<String, Double> sums = new TreeMap<>(processorMillis);
    other.processorMillis.forEach((process, millis) -> sums.merge(process, millis, Double::sum));
    return new Usage(
        sums,
        walBytes.isPresent() && other.walBytes.isPresent()
            ? OptionalDouble.of(walBytes.getAsDouble() + other.walBytes.getAsDouble())
            : OptionalDouble.empty());
  }

  /** The share of one task, where there were so many. */
  public Usage each(long tasks) {
    Map<String, Double> shares = new TreeMap<>(processorMillis);
    shares.replaceAll((process, millis) -> millis / tasks);
    return new Usage(
        shares,
        walBytes.isPresent()
            ? OptionalDouble.of(walBytes.getAsDouble() / tasks)
            : OptionalDouble.empty());
  }

  /** Adds the share of a task to a row. */
  void into(JsonObject row) {
    processor()
        .ifPresent(
            sum -> {
              row.addProperty(PROCESSOR, Figures.rounded(sum));
              JsonObject parts = new JsonObject();
              processorMillis.forEach(
                  (process, millis) -> parts.addProperty(process, Figures.rounded(millis)));
              row.add(BY_PROCESS, parts);
            });
    walBytes.ifPresent(bytes -> row.addProperty(WAL, Figures.rounded(bytes)));
  }

  /** As a row has it; unknown in rows that were measured before it was. */
  static Usage of(JsonObject row) {
    Map<String, Double> parts = new TreeMap<>();
    if (row.has(BY_PROCESS)) {
      for (Map.Entry<String, JsonElement> part : row.getAsJsonObject(BY_PROCESS).entrySet()) {
        parts.put(part.getKey(), part.getValue().getAsDouble());
      }
    }
    return new Usage(
        parts,
        row.has(WAL) ? OptionalDouble.of(row.get(WAL).getAsDouble()) : OptionalDouble.empty());
  }
}
