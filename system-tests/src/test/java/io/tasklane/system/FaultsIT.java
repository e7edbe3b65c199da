package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A short run of {@code tasklane bench faults}; its seed is another one each time. */
@OwnServers
class FaultsIT {
  private static final int MINUTES = Integer.getInteger("tasklane.faults.minutes", 1);
  private static final int NODES = Integer.getInteger("tasklane.faults.nodes", 2);
  // A slow machine takes much longer than the faults for the starts of nodes.
  private static final Duration BOUND = Duration.ofMinutes(30 + 2 * MINUTES);

  @Test
  void the_promises_hold_while_nodes_broker_and_database_are_broken() throws Exception {
    CommandRun run =
        CommandRun.withServers(
            BOUND,
            "bench",
            "faults",
            "--minutes=" + MINUTES,
            "--nodes=" + NODES,
            "--rate=20",
            "--json");

    // The seed is in what the command said, and with it the run can be repeated.
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    JsonObject json = JsonParser.parseString(run.lastLine()).getAsJsonObject();
    assertThat(json.get("violations").getAsInt()).isZero();
    assertThat(json.get("faults").getAsInt()).as(run.err()).isGreaterThanOrEqualTo(3);
    assertThat(json.get("tasks").getAsInt()).as(run.err()).isGreaterThanOrEqualTo(100);
    assertThat(json.get("runs").getAsInt()).isGreaterThanOrEqualTo(100);
    assertThat(json.get("tasks_with_ordering_key").getAsInt()).isPositive();
    assertThat(json.get("tasks_with_resource").getAsInt()).isPositive();
    assertThat(json.get("tasks_that_kill").getAsInt()).isPositive();
    assertThat(json.get("nodes_killed_by_tasks").getAsInt()).isGreaterThanOrEqualTo(2);
    assertThat(json.get("runs_that_threw_errors").getAsInt()).isPositive();
    assertThat(json.get("foreign_messages_moved").getAsInt()).isPositive();
    assertThat(json.getAsJsonObject("tasks_by_queue").size()).isGreaterThanOrEqualTo(6);
  }
}
