package io.tasklane.bench.faults.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultPlanTest {
  private static final Duration HOUR = Duration.ofHours(1);
  // Of a node's lease.
  private static final long LEASE_MILLIS = 6_000;

  @Test
  void the_same_seed_draws_the_same_plan() {
    assertThat(FaultPlan.draw(7, HOUR, 3)).isEqualTo(FaultPlan.draw(7, HOUR, 3));
    assertThat(FaultPlan.draw(7, HOUR, 3)).isNotEqualTo(FaultPlan.draw(8, HOUR, 3));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 99})
  void an_hour_has_more_faults_of_each_kind_than_are_asked_for(long seed) {
    List<Fault> plan = FaultPlan.draw(seed, HOUR, 3);
    Map<FaultKind, Integer> kinds = new EnumMap<>(FaultKind.class);
    plan.forEach(fault -> kinds.merge(fault.kind(), 1, Integer::sum));

    assertThat(plan).hasSizeGreaterThan(250);
    assertThat(kinds).containsOnlyKeys(FaultKind.values());
    assertThat(kinds.get(FaultKind.KILL_NODE)).isGreaterThan(25);
    assertThat(kinds.get(FaultKind.KILL_BROKER)).isGreaterThan(15);
    assertThat(kinds.get(FaultKind.KILL_DATABASE)).isGreaterThan(15);
    assertThat(plan).extracting(Fault::node).contains(0, 1, 2).allMatch(node -> node < 3);
  }

  @Test
  void a_node_is_stopped_for_longer_than_its_lease() {
    assertThat(FaultPlan.draw(5, HOUR, 3))
        .filteredOn(fault -> fault.kind() == FaultKind.STOP_NODE)
        .isNotEmpty()
        .allMatch(fault -> fault.millis() > LEASE_MILLIS);
  }

  @Test
  void a_second_node_must_work_where_one_is_disabled() {
    Conditions conditions = new Conditions(2, node -> true);
    assertThat(conditions.allow(FaultKind.STOP_NODE, 0)).isTrue();
    conditions.begin(FaultKind.STOP_NODE, 0);
    assertThat(conditions.allow(FaultKind.STOP_NODE, 1)).isFalse();
    conditions.fit(0);
    assertThat(conditions.allow(FaultKind.STOP_NODE, 1)).isTrue();
    assertThat(new Conditions(2, node -> false).allow(FaultKind.STOP_NODE, 0)).isFalse();
  }

  @Test
  void one_node_starts_at_a_time() {
    Conditions conditions = new Conditions(3, node -> true);
    conditions.begin(FaultKind.KILL_NODE, 0);
    assertThat(conditions.allow(FaultKind.KILL_NODE, 1)).isFalse();
    assertThat(conditions.allow(FaultKind.CUT_DATABASE, 1)).isTrue();
    conditions.fit(0);
    assertThat(conditions.allow(FaultKind.KILL_NODE, 1)).isTrue();
  }
}
