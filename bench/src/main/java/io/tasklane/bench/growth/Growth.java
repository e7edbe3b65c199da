package io.tasklane.bench.growth;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawLimit;
import io.tasklane.bench.scenario.Durability;
import io.tasklane.bench.scenario.Scenario;
import io.tasklane.bench.scenario.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Rates and memory as the number of queues, waiting tasks, nodes or subscribers grows. Every size
 * is measured on a fresh server, so that none profits from what a smaller one has warmed up or
 * suffers from what it left in the database. The database's own rates are measured just before and
 * just after each {@link SizedLoad}. The memory is that of the server's processes right after the
 * load, where the bench has started them.
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

  private int measured;

  @Override
  protected void check() {
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
  protected int servers() {
    return sizes().size();
  }

  @Override
  protected Figures measure(Setting setting) throws Exception {
    int size = sizes().get(measured++);
    int largest = sizes().get(sizes().size() - 1);
    setting
        .figures()
        .detail("part", part.name().toLowerCase(Locale.ROOT))
        .detail("durability", durability.toString());
    try (SizedLoad load = part.load(setting, durability.queue(), size, largest)) {
      setting.remark("warming up with %,d %s ...".formatted(size, part.thing()));
      load.warmUp();
      setting.remark("measuring with %,d %s ...".formatted(size, part.thing()));
      measure(setting, load, size);
    }
    return setting.figures();
  }

  private void measure(Setting setting, SizedLoad load, int size) throws Exception {
    Limits limits = limits(setting);
    limits.measure();
    List<Cost> costs = load.measure();
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
