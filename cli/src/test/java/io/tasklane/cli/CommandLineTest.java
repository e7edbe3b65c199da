package io.tasklane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        FakeServer.start(task -> task.toBuilder().setResult(FakeServer.json("{\"n\":1}")).build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... args) {
    return CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), args);
  }

  @Test
  void the_help_shows_every_noun_and_the_exit_codes() {
    CommandRun help = run("--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .contains(
            "demo", "server", "task", "queue", "dlq", "bench", "start|status|stop", "timed out");
  }

  @Test
  void a_created_task_is_shown_with_its_name() {
    CommandRun created = run("task", "create", "AI_ANALYSIS", "system.noop", "--id", "abc");
    assertThat(created.exitCode()).isZero();
    assertThat(created.out()).contains("tasks/abc", "queues/AI_ANALYSIS", "QUEUED");
  }

  @Test
  void waiting_for_a_success_is_fine_and_shows_the_result_as_json() {
    CommandRun run = run("task", "create", "AI_ANALYSIS", "system.noop", "--wait", "-o", "json");
    assertThat(run.exitCode()).isZero();
    var task = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(task.get("state").getAsString()).isEqualTo("STATE_SUCCEEDED");
    var result = task.getAsJsonObject("result").getAsJsonObject("inline");
    assertThat(result.get("n").getAsInt()).isEqualTo(1);
  }

  @Test
  void the_input_may_come_from_a_file(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("input.json"), "{\"symbols\":[\"AAPL\"]}");
    run("task", "create", "DATA_FETCHER", "system.echo", "--id", "f", "--input", "@" + file);
    assertThat(server.get("tasks/f").getInput().getInline().toStringUtf8())
        .isEqualTo("{\"symbols\":[\"AAPL\"]}");
  }

  @Test
  void an_input_file_that_is_missing_is_named() {
    CommandRun run = run("task", "create", "Q", "system.echo", "--input", "@missing.json");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).contains("@missing.json");
  }

  @Test
  void a_task_that_failed_ends_the_wait_with_3() {
    server.put(task("bad", State.STATE_FAILED));
    assertThat(run("task", "wait", "bad").exitCode()).isEqualTo(ExitCode.TASK_FAILED.code());
    assertThat(run("task", "watch", "bad").exitCode()).isEqualTo(ExitCode.TASK_FAILED.code());
  }

  @Test
  void a_task_that_still_runs_ends_the_wait_with_4() {
    server.put(task("slow", State.STATE_RUNNING));
    CommandRun run = run("task", "wait", "tasks/slow", "--timeout", "50ms");
    assertThat(run.exitCode()).isEqualTo(ExitCode.TIMED_OUT.code());
    assertThat(run.out()).contains("RUNNING");
  }

  @Test
  void a_watch_prints_a_line_for_each_change() {
    server.put(task("seen", State.STATE_SUCCEEDED));
    CommandRun run = run("task", "watch", "seen");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).hasSize(2);
    assertThat(run.lastLine()).contains("tasks/seen", "SUCCEEDED");
  }

  @Test
  void a_list_has_a_line_for_each_task() {
    server.put(task("one", State.STATE_QUEUED));
    server.put(task("two", State.STATE_QUEUED));
    assertThat(run("task", "list").out()).contains("tasks/one", "tasks/two");
    var array = JsonParser.parseString(run("task", "list", "-o", "json").out()).getAsJsonArray();
    assertThat(array).hasSize(2);
  }

  @Test
  void what_the_server_does_not_know_is_said_in_one_line() {
    CommandRun run = run("task", "get", "nothing");
    assertThat(run.exitCode()).isEqualTo(ExitCode.ERROR.code());
    assertThat(run.err().lines())
        .containsExactly("tasklane: NOT_FOUND: there is no task tasks/nothing");
  }

  @Test
  void a_server_that_is_not_there_is_named_with_the_way_out() {
    CommandRun run = run("queue", "list", "--server", "127.0.0.1:1");
    assertThat(run.exitCode()).isEqualTo(ExitCode.ERROR.code());
    assertThat(run.err()).contains("127.0.0.1:1", "tasklane server start").doesNotContain("\tat ");
  }

  @Test
  void a_wrong_command_line_sends_nothing_and_ends_with_2() {
    CommandRun run = run("task", "create", "AI_ANALYSIS");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).contains("TYPE", "tasklane task create --help");
    assertThat(run("task", "list", "--state", "BUSY").exitCode()).isEqualTo(2);
    assertThat(run("task", "wait", "x", "--timeout", "3q").err()).contains("3q", "90s");
  }

  private static Task task(String id, State state) {
    return Task.newBuilder()
        .setName("tasks/" + id)
        .setState(state)
        .setCreateTime(Timestamps.fromMillis(0))
        .build();
  }
}
