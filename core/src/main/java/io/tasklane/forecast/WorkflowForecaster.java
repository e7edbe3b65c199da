package io.tasklane.forecast;

import io.tasklane.rollup.RollupCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Says when a workflow ends, by the Monte Carlo method: it plays what is left of it many times,
 * each time with run times drawn from those of the past, in queues that hold what they hold now and
 * to which as much comes as lately. What is drawn for one node does not depend on the others.
 */
public final class WorkflowForecaster {
  private static final int MOST_ROUNDS = 400;
  private static final int FEWEST_ROUNDS = 20;

  /** Things that happen in all rounds together; so that an answer takes a few seconds at most. */
  private static final long BUDGET = 2_000_000;

  private final ForecastInput input;
  private final RandomGenerator random;
  private final Map<String, NodeSamples> nodes = new LinkedHashMap<>();
  private final Map<List<String>, Integer> paths = new HashMap<>();
  private final List<Double> ends = new ArrayList<>();

  private WorkflowForecaster(ForecastInput input, RandomGenerator random) {
    this.input = input;
    this.random = random;
  }

  /** Forecasts; the same seed gives the same answer. */
  public static WorkflowOutlook forecast(ForecastInput input, RandomGenerator random) {
    List<WorkKind> unknown =
        input.kinds().stream().filter(kind -> !counts(input, kind).areKnown()).toList();
    long samples =
        input.kinds().stream()
            .mapToLong(kind -> counts(input, kind).runs().count())
            .min()
            .orElse(0);
    return unknown.isEmpty()
        ? new WorkflowForecaster(input, random).play(samples)
        : WorkflowOutlook.missing(missing(input, unknown), samples);
  }

  private static RollupCounts counts(ForecastInput input, WorkKind kind) {
    return input.history().getOrDefault(kind, RollupCounts.NONE);
  }

  private static String missing(ForecastInput input, List<WorkKind> unknown) {
    return "a forecast needs "
        + RollupCounts.FEWEST
        + " runs of each kind of task; known are "
        + unknown.stream()
            .limit(5)
            .map(kind -> counts(input, kind).runs().count() + " of " + kind)
            .collect(Collectors.joining(", "))
        + (unknown.size() > 5 ? " and others" : "");
  }

  private WorkflowOutlook play(long samples) {
    long spent = 0;
    int round = 0;
    order(input.root());
    while (round < MOST_ROUNDS && (spent < BUDGET || round < FEWEST_ROUNDS)) {
      ForecastRound played = new ForecastRound(input, random, BUDGET);
      Live root = played.play();
      if (Double.isNaN(root.end)) {
        return WorkflowOutlook.missing(
            "its end is too far away, or too much happens before it", samples);
      }
      take(round, root);
      spent += played.size();
      round++;
    }
    return outlook(samples, round);
  }

  /** The order of the definition. */
  private void order(ForecastNode node) {
    nodes.computeIfAbsent(node.nodeId(), id -> new NodeSamples());
    ForecastRound.members(node).forEach(this::order);
  }

  private void take(int round, Live root) {
    Slack.workOut(root);
    takeNode(round, root);
    List<String> path = CriticalPath.of(root);
    paths.merge(path, 1, Integer::sum);
    path.stream().distinct().forEach(id -> nodes.get(id).wasCritical());
    ends.add(root.end);
  }

  private void takeNode(int round, Live live) {
    nodes.get(live.nodeId()).add(round, live);
    live.members.forEach(member -> takeNode(round, member));
  }

  private WorkflowOutlook outlook(long samples, int rounds) {
    List<NodeOutlook> outlooks = new ArrayList<>();
    nodes.forEach(
        (id, seen) -> {
          if (seen.isSeen()) {
            outlooks.add(seen.outlook(id, rounds));
          }
        });
    List<String> path =
        paths.entrySet().stream()
            .max(
                Map.Entry.<List<String>, Integer>comparingByValue()
                    .thenComparing(entry -> entry.getKey().toString(), Comparator.reverseOrder()))
            .map(Map.Entry::getKey)
            .orElse(List.of());
    double missed =
        input.deadline().isEmpty()
            ? 0
            : (double) ends.stream().filter(end -> end > input.deadline().getAsDouble()).count()
                / rounds;
    return new WorkflowOutlook(
        "",
        Samples.quantile(ends, 0.5),
        Samples.quantile(ends, 0.9),
        missed,
        path,
        outlooks,
        samples,
        rounds);
  }
}
