package io.tasklane.task.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.fault.OngoingFaults;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which throws of a run are an outage of Tasklane's own, and how long the run then waits. */
class OutageTest {
  private static final Instant BEGIN = Instant.parse("2026-11-20T14:30:00Z");

  private static Refusal away(RefusalReason reason) {
    return Refusal.unavailable(reason, "away");
  }

  @ParameterizedTest
  @CsvSource({
    "DATABASE_UNAVAILABLE, database",
    "DATABASE_FULL, database",
    "STORAGE_UNAVAILABLE, artifact storage"
  })
  void a_part_that_is_away_is_one_also_as_a_cause(RefusalReason reason, String part) {
    assertThat(Outage.in(away(reason)).orElseThrow().part()).startsWith(part);
    Throwable wrapped = new IllegalStateException(new RuntimeException(away(reason)));
    assertThat(Outage.in(wrapped).orElseThrow().part()).startsWith(part);
  }

  @Test
  void what_the_task_itself_is_at_fault_for_is_none() {
    assertThat(Outage.in(new IllegalStateException("the database cannot be reached"))).isEmpty();
    assertThat(
            Outage.in(
                Refusal.of(
                    Refusal.Sort.NOT_FOUND, RefusalReason.ARTIFACT_NOT_FOUND, "artifacts/a", "-")))
        .isEmpty();
  }

  @Test
  void causes_that_cause_one_another_end_the_search() {
    RuntimeException first = new RuntimeException();
    RuntimeException second = new RuntimeException(first);
    first.initCause(second);
    assertThat(Outage.in(first)).isEmpty();
  }

  @Test
  void a_run_waits_as_long_as_the_part_has_been_away_from_1_s_to_30_s() {
    OngoingFaults faults =
        new OngoingFaults(
            Clock.fixed(BEGIN, ZoneOffset.UTC),
            () -> {
              throw new AssertionError("the node goes on");
            });
    Outage outage = Outage.in(away(RefusalReason.STORAGE_UNAVAILABLE)).orElseThrow();
    assertThat(outage.note(faults, BEGIN)).isEqualTo(Duration.ofSeconds(1));
    assertThat(outage.note(faults, BEGIN.plusSeconds(7))).isEqualTo(Duration.ofSeconds(7));
    assertThat(outage.note(faults, BEGIN.plusSeconds(99))).isEqualTo(Duration.ofSeconds(30));
    assertThat(faults.all()).singleElement().matches(fault -> fault.failures() == 3);
  }
}
