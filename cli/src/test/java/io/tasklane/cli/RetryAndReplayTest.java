package io.tasklane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.tasklane.v1.DiscardDeadLetterRequest;
import io.tasklane.v1.ListDeadLettersRequest;
import io.tasklane.v1.ReplayDeadLetterRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The verbs around what failed: task retry, attempts and types, and dlq. */
class RetryAndReplayTest {
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(task -> task);
    server.put(Task.newBuilder().setName("tasks/old").setState(State.STATE_FAILED).build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... args) {
    return CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), args);
  }

  @Test
  void a_retry_shows_the_new_task_and_which_it_is_a_copy_of() {
    CommandRun run = run("task", "retry", "old", "--input", "{\"n\":1}");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("tasks/again", "retry of", "tasks/old", "{\"n\":1}");
  }

  @Test
  void fresh_steps_are_asked_for() {
    run("task", "retry", "old");
    run("task", "retry", "old", "--fresh-steps");
    assertThat(server.freshSteps).containsExactly(false, true);
    run("dlq", "replay", "t1", "--fresh-steps");
    assertThat(server.deadLetters.asked)
        .filteredOn(ReplayDeadLetterRequest.class::isInstance)
        .allSatisfy(asked -> assertThat(((ReplayDeadLetterRequest) asked).getFreshSteps()).isTrue())
        .isNotEmpty();
  }

  @Test
  void the_steps_of_a_task_and_of_its_runs_are_shown() {
    assertThat(run("task", "get", "old").out())
        .contains("STEP", "fetch AAPL", "SUCCEEDED", "rest", "WAITING", "due ");
    assertThat(run("task", "get", "old", "-o", "json").out()).contains("\"fetch AAPL\"");
    assertThat(run("task", "attempts", "old").out())
        .contains("steps of the run with token 11", "fetch AAPL");
  }

  @Test
  void logs_of_all_runs_are_printed_until_the_task_has_ended() {
    CommandRun run = run("task", "logs", "-f", "old");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).containsExactly("fetched tasks/old", "fetched tasks/old");
  }

  @Test
  void a_retry_that_waits_tells_how_the_new_task_ended() {
    CommandRun run = run("task", "retry", "tasks/old", "--wait");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("SUCCEEDED");
  }

  @Test
  void every_run_of_a_task_has_a_line_and_its_log_if_wished() {
    CommandRun run = run("task", "attempts", "old");
    assertThat(run.out().lines()).filteredOn(line -> line.contains("FEED_DOWN")).hasSize(2);
    assertThat(run.out()).contains("11", "12", "nodes/n1", "FEED_DOWN: 503");
    assertThat(run.out()).doesNotContain("fetched");
    assertThat(run("task", "attempts", "old", "--log").out()).contains("fetched tasks/old");
    String json = run("task", "attempts", "old", "-o", "json").out();
    assertThat(JsonParser.parseString(json).getAsJsonArray()).hasSize(2);
  }

  @Test
  void every_task_type_has_a_line_with_the_queues_that_accept_it() {
    assertThat(run("task", "types").out())
        .contains("recommendation  AI_ANALYSIS  Says what to buy.")
        .containsPattern("system.noop +all");
    String json = run("task", "types", "-o", "json").out();
    assertThat(JsonParser.parseString(json).getAsJsonArray()).hasSize(2);
  }

  @Test
  void dead_letters_are_listed_by_what_is_asked_for() {
    CommandRun run =
        run("dlq", "list", "--queue", "A", "--code", "C", "--fingerprint", "f", "--limit", "2");
    assertThat(run.out()).contains("deadLetters/t1", "deadLetters/t2", "0123456789abcdef");
    assertThat(((ListDeadLettersRequest) server.deadLetters.asked.get(0)).getFilter())
        .isEqualTo("queue = \"queues/A\" AND failure.code = \"C\" AND fingerprint = \"f\"");
    String json = run("dlq", "list", "-o", "json").out();
    assertThat(JsonParser.parseString(json).getAsJsonArray()).hasSize(2);
  }

  @Test
  void a_list_that_is_cut_says_that_there_are_more() {
    assertThat(run("dlq", "list", "--limit", "1").err()).contains("there are more");
    assertThat(run("dlq", "list", "--limit", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void a_dead_letter_is_shown_with_its_trace() {
    assertThat(run("dlq", "get", "tasks/t1").out())
        .contains("deadLetters/t1", "FEED_DOWN: 503", "user:bob", "at a.B.c(B.java:1)");
    assertThat(run("dlq", "get", "t1", "-o", "json").out()).contains("\"fingerprint\"");
  }

  @Test
  void a_replay_prints_the_name_of_the_new_task() {
    CommandRun run =
        run(
            "dlq",
            "replay",
            "t1",
            "--reason",
            "feed is back",
            "--input",
            "{}",
            "--request-id",
            "r",
            "--ignore-dependencies");
    assertThat(run.lastLine()).isEqualTo("tasks/again");
    ReplayDeadLetterRequest asked = (ReplayDeadLetterRequest) server.deadLetters.asked.get(0);
    assertThat(asked.getName()).isEqualTo("deadLetters/t1");
    assertThat(asked.getReason()).isEqualTo("feed is back");
    assertThat(asked.getRequestId()).isEqualTo("r");
    assertThat(asked.getIgnoreDependencies()).isTrue();
    assertThat(asked.getInputOverride().getInline().toStringUtf8()).isEqualTo("{}");
  }

  @Test
  void a_discard_says_why_and_is_no_second_one_when_sent_again() {
    CommandRun run = run("dlq", "discard", "deadLetters/t1", "--reason", "known");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("discarded deadLetters/t1");
    DiscardDeadLetterRequest asked = (DiscardDeadLetterRequest) server.deadLetters.asked.get(0);
    assertThat(asked.getReason()).isEqualTo("known");
    assertThat(asked.getRequestId()).isNotEmpty();
  }
}
