package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.event.AllEvents;
import io.tasklane.event.EventReader;
import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The event of a move that one task causes to another names the task that caused it. */
class MoveCauseTest {
  private static final ResumeToken BEGIN = new ResumeToken("", 0, 0);

  private final CopyBench bench = new CopyBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void a_release_names_the_last_task_that_was_needed() {
    bench.create(CopyBench.noop("risk"));
    bench.create(CopyBench.noop("prices"));
    bench.create(needing("order", "risk", "prices"));
    bench.end("risk", StoreBench.succeeded());
    bench.end("prices", StoreBench.succeeded());
    assertThat(data("order", "RELEASE")).contains("\"caused_by\":\"tasks/prices\"");
    assertThat(data("order", "BLOCK")).doesNotContain("caused_by");
    assertThat(data("risk", "SUCCEED")).doesNotContain("caused_by");
  }

  @Test
  void a_release_to_a_later_start_names_it_as_well() {
    bench.create(CopyBench.noop("risk"));
    TaskRequest order = needing("order", "risk");
    bench.create(order.withStart(order.start().notBefore(Instant.now().plusSeconds(3600))));
    bench.create(
        CopyBench.noop("later")
            .withStart(StartConditions.NONE.notBefore(Instant.now().plusSeconds(3600))));
    bench.end("risk", StoreBench.succeeded());
    assertThat(data("order", "SCHEDULE")).contains("\"caused_by\":\"tasks/risk\"");
    assertThat(data("later", "SCHEDULE")).doesNotContain("caused_by");
  }

  @Test
  void a_skip_names_the_task_that_did_not_end_as_needed_also_at_the_creation() {
    bench.create(CopyBench.noop("risk"));
    bench.create(CopyBench.noop("prices"));
    bench.create(needing("order", "prices", "risk"));
    bench.create(needing("report", "order"));
    bench.end("risk", CopyBench.failed());
    bench.create(needing("late", "risk"));
    for (String skipped : new String[] {"order", "late"}) {
      assertThat(data(skipped, "RULE_OUT"))
          .contains("\"caused_by\":\"tasks/risk\"", "\"failure_code\":\"DEPENDENCY_NOT_MET\"");
    }
    assertThat(data("report", "RULE_OUT")).contains("\"caused_by\":\"tasks/order\"");
  }

  private static TaskRequest needing(String taskId, String... needs) {
    return CopyBench.noop(taskId)
        .withStart(
            StartConditions.after(
                Arrays.stream(needs)
                    .map(n -> new Dependency(n, DependencyPolicy.ON_SUCCESS, Optional.empty()))
                    .toList()));
  }

  private String data(String taskId, String move) {
    return bench.store.database.with(
        c ->
            new EventReader(c, AllEvents.rows(key -> "Q"))
                .after(BEGIN, 10_000).stream()
                    .filter(event -> event.subject().equals("tasks/" + taskId))
                    .map(LogEvent::data)
                    .filter(data -> data.contains("\"move\":\"" + move + "\""))
                    .findFirst()
                    .orElseThrow());
  }
}
