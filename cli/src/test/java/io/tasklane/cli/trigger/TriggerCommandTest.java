package io.tasklane.cli.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.CreateTriggerRequest;
import io.tasklane.v1.Trigger;
import io.tasklane.v1.UpdateTriggerRequest;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TriggerCommandTest {
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
  void a_trigger_is_created_with_all_that_it_says() {
    CommandRun run =
        run(
            "trigger",
            "create",
            "news",
            "market.news",
            "analysis@3",
            "--if",
            "event.data.impact > 0.7",
            "--input",
            "symbols=events.map(e, e.data.symbol == 'A')",
            "--merge-within",
            "5s",
            "--merge-by",
            "event.data.account",
            "--disabled");
    assertThat(run.exitCode()).as(run.err()).isZero();
    CreateTriggerRequest asked = (CreateTriggerRequest) server.triggers.asked.get(0);
    assertThat(asked.getTriggerId()).isEqualTo("news");
    assertThat(asked.getTrigger())
        .isEqualTo(
            Trigger.newBuilder()
                .setEventType("market.news")
                .setCondition("event.data.impact > 0.7")
                .setTemplate("workflowTemplates/analysis@3")
                .putInputs("symbols", "events.map(e, e.data.symbol == 'A')")
                .setCoalesceWindow(Durations.fromSeconds(5))
                .setCoalesceKey("event.data.account")
                .setDisabled(true)
                .build());
  }

  @Test
  void an_update_names_what_was_given_and_nothing_else() {
    assertThat(run("trigger", "update", "news", "--if", "true", "--template", "t").exitCode())
        .isZero();
    UpdateTriggerRequest asked = (UpdateTriggerRequest) server.triggers.asked.get(0);
    assertThat(asked.getUpdateMask().getPathsList()).containsExactly("condition", "template");
    assertThat(run("trigger", "update", "news").exitCode()).isEqualTo(2);
    assertThat(run("trigger", "disable", "news", "--reason", "w").exitCode()).isZero();
    UpdateTriggerRequest off = (UpdateTriggerRequest) server.triggers.asked.get(1);
    assertThat(off.getTrigger().getDisabled()).isTrue();
    assertThat(off.getUpdateMask().getPathsList()).containsExactly("disabled");
    assertThat(run("trigger", "enable", "news").exitCode()).isZero();
  }

  @Test
  void triggers_are_listed_shown_with_their_last_fault_and_deleted() {
    assertThat(run("trigger", "list").out()).contains("triggers/news", "market.news");
    assertThat(run("trigger", "get", "news").out()).contains("last fault: event 7");
    assertThat(run("trigger", "get", "news", "-o", "json").out()).contains("\"eventType\"");
    assertThat(run("trigger", "delete", "news", "--etag", "e").out())
        .contains("deleted triggers/news");
  }
}
