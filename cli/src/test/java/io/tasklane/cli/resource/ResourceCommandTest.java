package io.tasklane.cli.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.CreateResourceRequest;
import io.tasklane.v1.DeleteResourceRequest;
import io.tasklane.v1.UpdateResourceRequest;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResourceCommandTest {
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(UnaryOperator.identity());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... args) {
    return CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), args);
  }

  @Test
  void a_resource_is_created_with_its_limits_and_shown() {
    CommandRun run =
        run(
            "resource",
            "create",
            "ai-turns",
            "--capacity",
            "3",
            "--refill",
            "10",
            "--period",
            "1m",
            "--request-id",
            "r-1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("resources/ai-turns", "3", "2");
    CreateResourceRequest asked = (CreateResourceRequest) server.resources.asked.get(0);
    assertThat(asked.getResourceId()).isEqualTo("ai-turns");
    assertThat(asked.getRequestId()).isEqualTo("r-1");
    assertThat(asked.getResource().getCapacity()).isEqualTo(3);
    assertThat(asked.getResource().getRefillUnits()).isEqualTo(10);
    assertThat(asked.getResource().getRefillPeriod()).isEqualTo(Durations.fromSeconds(60));
  }

  @Test
  void an_update_names_what_was_given_and_nothing_else() {
    assertThat(run("resource", "update", "ai-turns", "--capacity", "0").exitCode()).isZero();
    UpdateResourceRequest asked = (UpdateResourceRequest) server.resources.asked.get(0);
    assertThat(asked.getUpdateMask().getPathsList()).containsExactly("capacity");
    assertThat(asked.getResource().getName()).isEqualTo("resources/ai-turns");
    assertThat(run("resource", "update", "ai-turns").exitCode()).isEqualTo(2);
  }

  @Test
  void a_refill_is_taken_away_with_its_period() {
    assertThat(run("resource", "update", "ai-turns", "--refill", "0").exitCode()).isZero();
    UpdateResourceRequest asked = (UpdateResourceRequest) server.resources.asked.get(0);
    assertThat(asked.getUpdateMask().getPathsList())
        .containsExactly("refill_units", "refill_period");
  }

  @Test
  void resources_are_listed_shown_and_deleted() {
    assertThat(run("resource", "list").out()).contains("resources/ai-turns");
    assertThat(run("resource", "get", "ai-turns", "-o", "json").out()).contains("\"capacity\"");
    assertThat(run("resource", "delete", "ai-turns", "--etag", "e").out())
        .contains("deleted resources/ai-turns");
    DeleteResourceRequest asked = (DeleteResourceRequest) server.resources.asked.get(2);
    assertThat(asked.getName()).isEqualTo("resources/ai-turns");
    assertThat(asked.getEtag()).isEqualTo("e");
  }
}
