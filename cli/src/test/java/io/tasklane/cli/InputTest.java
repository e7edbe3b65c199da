package io.tasklane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.v1.StartWorkflowRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --input -} is standard input, wherever there is an input. */
class InputTest {
  private final InputStream before = System.in;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(task -> task);
  }

  @AfterEach
  void stop() {
    System.setIn(before);
    server.close();
  }

  private CommandRun run(byte[] input, String... args) {
    System.setIn(new ByteArrayInputStream(input));
    return CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), args);
  }

  private CommandRun run(String input, String... args) {
    return run(input.getBytes(StandardCharsets.UTF_8), args);
  }

  @Test
  void the_input_of_a_task_may_come_from_standard_input() {
    CommandRun run = run("{\"day\": 1}", "task", "create", "Q", "t", "--id", "x", "--input", "-");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(server.get("tasks/x").getInput().getInline().toStringUtf8())
        .isEqualTo("{\"day\": 1}");
  }

  @Test
  void so_may_an_input_of_a_workflow() {
    run("[1]", "workflow", "start", "--template", "m", "--input", "s=-");
    StartWorkflowRequest started = (StartWorkflowRequest) server.workflows.asked.get(0);
    assertThat(started.getWorkflow().getInputsOrThrow("s").getInline().toStringUtf8())
        .isEqualTo("[1]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task create Q t --input -",
        "task retry t --input -",
        "dlq replay t --input -",
        "schedule create s Q t --every 1m --input -",
        "schedule create s --every 1m --template m --input s=-",
        "workflow start --template m --input s=-",
      })
  void what_is_no_text_or_nothing_at_all_is_refused_by_each_of_them(String command) {
    CommandRun none = run("", command.split(" "));
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).startsWith("tasklane: --input -: standard input is empty");
    CommandRun broken = run(new byte[] {(byte) 0xff}, command.split(" "));
    assertThat(broken.err()).startsWith("tasklane: --input -: it is not UTF-8");
  }

  @Test
  void two_inputs_cannot_both_be_standard_input() {
    CommandRun run =
        run("1", "workflow", "start", "--template", "m", "--input", "a=-", "--input", "b=-");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("another option has read it");
  }
}
