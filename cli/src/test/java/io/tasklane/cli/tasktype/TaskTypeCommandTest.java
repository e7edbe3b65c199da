package io.tasklane.cli.tasktype;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.CreateTaskTypeRequest;
import io.tasklane.v1.DeleteTaskTypeRequest;
import io.tasklane.v1.TaskType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskTypeCommandTest {
  @TempDir Path folder;
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
  void a_type_is_registered_with_all_that_it_states() throws IOException {
    Path schema = Files.writeString(folder.resolve("schema.json"), "{\"type\":\"object\"}");
    CommandRun run =
        run(
            "task-type",
            "create",
            "news",
            "--queue",
            "NEWS",
            "--queue",
            "queues/AI",
            "--description",
            "Looks at the news.",
            "--schema",
            schema.toString(),
            "--revision",
            "3",
            "--attempts",
            "2",
            "--timeout",
            "90s",
            "--total-timeout",
            "1h");
    assertThat(run.exitCode()).as(run.err()).isZero();
    CreateTaskTypeRequest asked = (CreateTaskTypeRequest) server.taskTypes.get(0);
    TaskType.Builder wanted =
        TaskType.newBuilder()
            .setTaskType("news")
            .addQueues("queues/NEWS")
            .addQueues("queues/AI")
            .setDescription("Looks at the news.")
            .setInputSchema("{\"type\":\"object\"}")
            .setRevision(3);
    wanted.getDefaultRetryPolicyBuilder().setMaximumAttempts(2);
    wanted.getDefaultTimeoutsBuilder().getAttemptTimeoutBuilder().setSeconds(90);
    wanted.getDefaultTimeoutsBuilder().getTotalTimeoutBuilder().setSeconds(3600);
    assertThat(asked.getTaskType()).isEqualTo(wanted.build());
    assertThat(run.out()).contains("TYPE", "news", "NEWS,AI");
  }

  @Test
  void a_schema_that_cannot_be_read_is_a_usage_error() {
    CommandRun run = run("task-type", "create", "news", "--schema", "/no/such.json");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--schema /no/such.json");
    assertThat(server.taskTypes).isEmpty();
  }

  @Test
  void types_are_listed_and_shown() {
    assertThat(run("task-type", "list").out()).contains("recommendation", "system.noop");
    assertThat(run("task-type", "get", "news", "-o", "json").out())
        .contains("\"taskType\": \"news\"");
  }

  @Test
  void a_type_is_deleted() {
    CommandRun run = run("task-type", "delete", "news");
    assertThat(run.out()).isEqualTo("deleted news\n");
    assertThat(((DeleteTaskTypeRequest) server.taskTypes.get(0)).getTaskType()).isEqualTo("news");
  }
}
