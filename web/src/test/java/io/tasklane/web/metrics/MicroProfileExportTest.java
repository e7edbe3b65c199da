package io.tasklane.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.Tag;
import org.junit.jupiter.api.Test;

class MicroProfileExportTest {
  private static final Tag QUEUE = new Tag("queue", "AI_ANALYSIS");
  private static final MetricID CREATED = new MetricID("tasklane_tasks_created", QUEUE);

  private final TestServices services = new TestServices();
  private final RegistryOfTest registry = new RegistryOfTest();
  private final MicroProfileExport export = new MicroProfileExport(registry.registry());

  @Test
  void counters_are_raised_to_their_value() {
    show();
    assertThat(created()).isEqualTo(10);
    services.created = 12;
    show();
    show();
    assertThat(created()).isEqualTo(12);
  }

  @Test
  void all_series_of_a_queue_that_is_gone_are_removed() {
    services.queueIsThere = false;
    show();
    Set<MetricID> without = new HashSet<>(registry.series());
    services.queueIsThere = true;
    show();
    assertThat(registry.series()).hasSizeGreaterThan(without.size() + 20).contains(CREATED);
    services.queueIsThere = false;
    show();
    assertThat(registry.series()).isEqualTo(without);
  }

  @Test
  void a_queue_that_comes_back_counts_as_the_figures_say() {
    show();
    services.queueIsThere = false;
    show();
    services.queueIsThere = true;
    services.created = 2;
    show();
    assertThat(created()).isEqualTo(2);
  }

  private void show() {
    export.show(services.figures().now());
  }

  private long created() {
    return registry.counters.get(CREATED).get();
  }
}
