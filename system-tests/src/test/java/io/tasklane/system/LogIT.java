package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tasklane.v1.GetQueueRequest;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The log that a server leaves in its data folder. */
@ExtendWith(SharedServer.class)
class LogIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void every_line_of_the_node_is_an_object_and_those_of_a_run_name_task_queue_and_attempt(
      RunningServer server, Client client) throws Exception {
    RetryPolicy twice = RetryPolicy.newBuilder().setMaximumAttempts(2).build();
    Task task =
        client.end(
            client.create(Client.task(Client.DATA, "system.fail", "{}").setRetryPolicy(twice)));

    List<JsonObject> told = awaitLinesOf(server, task);
    assertThat(told)
        .extracting(
            line -> line.get("queue").getAsString(), line -> line.get("attempt").getAsString())
        .containsExactly(tuple(Client.DATA, "1"), tuple(Client.DATA, "2"));
    assertThat(told)
        .extracting(line -> line.get("message").getAsString())
        .containsExactly("told to fail, attempt 1", "told to fail, attempt 2");
    assertThat(told).allMatch(line -> line.get("level").getAsString().equals("INFO"));
  }

  @Test
  void a_refused_call_is_an_answer_and_no_fault_with_a_trace(RunningServer server, Client client)
      throws Exception {
    GetQueueRequest missing = GetQueueRequest.newBuilder().setName("queues/NOT_IN_THE_LOG").build();
    assertThatThrownBy(() -> client.queues().getQueue(missing)).hasMessageContaining("NOT_FOUND");
    client.end(client.create(Client.task(Client.DATA, "system.noop", "{}")));
    assertThat(lines(server, "node-1.log"))
        .noneMatch(line -> line.toString().contains("NOT_IN_THE_LOG"));
  }

  @Test
  void every_line_of_the_broker_is_an_object(RunningServer server) throws Exception {
    assertThat(lines(server, "broker.log")).isNotEmpty();
  }

  private static List<JsonObject> awaitLinesOf(RunningServer server, Task task)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      List<JsonObject> told =
          lines(server, "node-1.log").stream()
              .filter(line -> line.has("task"))
              .filter(line -> line.get("task").getAsString().equals(task.getName()))
              .toList();
      if (told.size() >= 2 || System.nanoTime() > end) {
        return told;
      }
      Thread.sleep(100);
    }
  }

  /** All complete lines; fails on one that is no object with a time, a level and a message. */
  private static List<JsonObject> lines(RunningServer server, String file) throws IOException {
    Path log = server.data().resolve("logs").resolve(file);
    String text = Files.readString(log);
    List<JsonObject> lines =
        text.substring(0, text.lastIndexOf('\n') + 1)
            .lines()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .toList();
    assertThat(lines)
        .allMatch(line -> line.has("time") && line.has("level") && line.has("message"));
    return lines;
  }
}
