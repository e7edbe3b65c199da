package io.tasklane.bench.scenario;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawLimit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What it costs that there is more of something. On one server the thing grows from size to size;
 * at each the server is warmed up, the database's own rates are measured just before and just
 * after, and between them what {@link Growing} measures. The memory is that of the server's
 * processes right after the load, where they are the bench's own.
 */
@Command(
    name = "growth",
    description =
        "Rates and memory with more and more queues, waiting tasks, nodes or subscribers.",
    mixinStandardHelpOptions = true)
public final class Growth extends Scenario {
  @Mixin private Durability durability;

  @Option(
      names = "--part",
      required = true,
      paramLabel = "queues|waiting|nodes|subscribers",
      description = "What grows.")
  private GrowthPart part;

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "N",
      description =
          "How many of it, ascending. Default: 1,3,10,100 queues; 1000,100000,1000000 waiting;"
              + " 1,2,3 nodes; 10,1000,10000 subscribers.")
  private List<Integer> sizes = List.of();

  @Override
  void check() {
    int before = 0;
    for (int size : sizes()) {
      requireRange("--sizes", size, before + 1, part.most());
      before = size;
    }
    if (part == GrowthPart.NODES) {
      requireOwnServer("it starts nodes");
    }
  }

  @Override
  Figures measure(Setting setting) throws Exception {
    setting
        .figures()
        .detail("part", part.name().toLowerCase(Locale.ROOT))
        .detail("durability", durability.toString());
    int largest = sizes().get(sizes().size() - 1);
    try (Growing growing = part.begin(setting, durability.queue(), largest)) {
      for (int size : sizes()) {
        setting.remark("growing to %,d %s ...".formatted(size, part.thing()));
        growing.growTo(size);
        setting.remark("measuring with %,d %s ...".formatted(size, part.thing()));
        measure(setting, growing, size);
      }
    }
    return setting.figures();
  }

  private void measure(Setting setting, Growing growing, int size) throws Exception {
    Limits limits = limits(setting);
    limits.measure();
    List<Cost> costs = growing.measure();
    Map<String, Double> memory = setting.target().memory();
    limits.measure();
    costs.forEach(cost -> setting.figures().add(cost.at(part.thing(), size, limits)));
    memory.forEach(
        (role, megabytes) ->
            setting
                .figures()
                .add(
                    Cost.of("memory of " + role, Unit.MEGABYTES, megabytes)
                        .at(part.thing(), size, limits)));
  }

  private Limits limits(Setting setting) {
    return setting.limits(
        setting.target().database().stream()
            .flatMap(url -> part.limits().stream().map(limit -> limit.apply(url)))
            .toArray(RawLimit[]::new));
  }

  private List<Integer> sizes() {
    return sizes.isEmpty() ? part.sizes() : sizes;
  }
}
