package io.tasklane.cli.demo;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The morning in figures, reckoned only from what the server has recorded.
 *
 * @param tasks every task, in the order in which they ended
 * @param failure why the workflow did not succeed; empty if it did
 * @param approved whether it recommended something, which the demo approved
 */
record Report(List<Ended> tasks, String failure, boolean approved) {
  Report {
    tasks = List.copyOf(tasks);
  }

  /** Whether everything was done, and nothing of one queue at once. */
  boolean isGood() {
    return failure.isEmpty()
        && succeeded() == tasks.size()
        && queues().values().stream().allMatch(queue -> queue.maxRunning() == 1);
  }

  long succeeded() {
    return tasks.stream().filter(Ended::succeeded).count();
  }

  /** By the queue's short name, in alphabetical order. */
  Map<String, QueueSummary> queues() {
    Map<String, QueueSummary> summaries = new TreeMap<>();
    tasks.stream()
        .collect(Collectors.groupingBy(Ended::queue))
        .forEach((queue, ended) -> summaries.put(queue, QueueSummary.of(ended)));
    return summaries;
  }

  /** From the creation of the first task to the end of the last run. */
  Duration wall() {
    Optional<Instant> first =
        tasks.stream()
            .map(end -> TaskCalls.instant(end.task().getCreateTime()))
            .min(Instant::compareTo);
    Optional<Instant> last = runs().map(Interval::end).max(Instant::compareTo);
    return first.isEmpty() || last.isEmpty()
        ? Duration.ZERO
        : Duration.between(first.get(), last.get());
  }

  /** What the wall time would be if the queues did not run side by side. */
  Duration sumBusy() {
    return runs().map(Interval::length).reduce(Duration.ZERO, Duration::plus);
  }

  /** The weightiest headline of each symbol, the weightiest first, each headline once. */
  List<JsonObject> news() {
    Map<String, JsonObject> byHeadline = new LinkedHashMap<>();
    NewsDigests.byImpact(objects("news_monitoring", "symbols"))
        .forEach(digest -> byHeadline.putIfAbsent(NewsDigests.text(digest, "headline"), digest));
    return byHeadline.values().stream().map(NewsDigests::headline).toList();
  }

  /** The most confident first. */
  List<JsonObject> recommendations() {
    return objects("recommendation_generation", "recommendations").stream()
        .sorted(Comparator.comparingDouble(Report::confidence).reversed())
        .toList();
  }

  /** The result of the task of a type of which the morning has one, if it succeeded. */
  Optional<JsonObject> result(String type) {
    return tasks.stream()
        .filter(end -> end.type().equals(type) && end.succeeded())
        .findFirst()
        .map(Ended::result);
  }

  /** "sample", "file", ..., or several joined by "+" if the results disagree. */
  String dataSource() {
    return tasks.stream()
        .map(end -> NewsDigests.text(end.result(), "data_source"))
        .filter(source -> !source.isEmpty())
        .distinct()
        .sorted()
        .collect(Collectors.joining("+"));
  }

  private Stream<Interval> runs() {
    return tasks.stream().flatMap(end -> end.runs().stream());
  }

  private List<JsonObject> objects(String type, String field) {
    return tasks.stream()
        .filter(end -> end.type().equals(type) && end.succeeded())
        .flatMap(end -> end.objects(field).stream())
        .toList();
  }

  private static double confidence(JsonObject recommendation) {
    return recommendation.has("confidence") ? recommendation.get("confidence").getAsDouble() : 0;
  }
}
