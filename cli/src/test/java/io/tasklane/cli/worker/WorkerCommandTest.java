package io.tasklane.cli.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.DrainWorkerRequest;
import io.tasklane.v1.GetWorkerRequest;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkerCommandTest {
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
  void workers_are_listed_with_what_they_have_and_use() {
    assertThat(run("worker", "list").out())
        .contains("WORKER", "STATE", "w1", "HEALTHY", "1/4", "25%", "64 MiB", "news", "tasks/a");
    assertThat(run("worker", "list", "-o", "json").out()).contains("\"name\": \"workers/w1\"");
  }

  @Test
  void one_worker_is_shown_by_its_id() {
    assertThat(run("worker", "get", "w1").out()).contains("w1");
    assertThat(((GetWorkerRequest) server.workers.asked.get(0)).getName()).isEqualTo("workers/w1");
  }

  @Test
  void a_worker_is_drained_for_a_reason() {
    CommandRun run = run("worker", "drain", "workers/w1", "--reason", "update");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("DRAINING");
    DrainWorkerRequest asked = (DrainWorkerRequest) server.workers.asked.get(0);
    assertThat(asked.getName()).isEqualTo("workers/w1");
    assertThat(asked.getReason()).isEqualTo("update");
  }
}
