package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.legacy.AmqpClient;
import io.tasklane.legacy.CoreClient;
import io.tasklane.legacy.LegacyClient;
import io.tasklane.legacy.OpenWireClient;
import io.tasklane.legacy.StompClient;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.ListTasksResponse;
import io.tasklane.v1.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients of four protocols send tasks to a whole server, and the broker is killed meanwhile: as
 * many tasks as messages, and all replies.
 */
@Timeout(600)
@ExtendWith(RestartedServer.Shared.class)
class JmsClientsIT {
  private static final int MESSAGES = Integer.getInteger("tasklane.jms.messages", 500);
  private static final String INGRESS = "tasklane.ingress";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static List<LegacyClient> clients(RunningServer server) {
    String broker = server.jms();
    return List.of(
        new CoreClient(broker),
        new AmqpClient(broker),
        new OpenWireClient(broker),
        new StompClient(broker));
  }

  private static String task(LegacyClient client, String run, int number) {
    return """
        {"queue":"%s","task_type":"system.echo","labels":{"run":"%s"},
         "input":{"client":"%s","n":%d,"text":"ä € 😀"}}"""
        .formatted(Client.DATA.substring("queues/".length()), run, client.name(), number);
  }

  private static List<Task> tasks(Client client, String run) {
    List<Task> all = new ArrayList<>();
    String token = "";
    do {
      ListTasksResponse page =
          client
              .tasks()
              .listTasks(
                  ListTasksRequest.newBuilder()
                      .setFilter("labels.run = \"" + run + "\"")
                      .setPageSize(500)
                      .setPageToken(token)
                      .build());
      all.addAll(page.getTasksList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  private static List<Task> await(Client client, String run, int wanted)
      throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    List<Task> found = tasks(client, run);
    while (found.size() < wanted && Instant.now().isBefore(end)) {
      Thread.sleep(200);
      found = tasks(client, run);
    }
    assertThat(found).as("tasks of " + run).hasSize(wanted);
    return found;
  }

  @Test
  void text_and_bytes_of_each_client_make_the_same_task(RestartedServer server) throws Exception {
    RunningServer running = server.running();
    try (Client api = running.client()) {
      for (LegacyClient client : clients(running)) {
        String run = "types-" + client.name();
        client.send(INGRESS, "", task(client, run, 1), false, "");
        client.send(INGRESS, "", task(client, run, 1), true, "");
        List<Task> made = await(api, run, 2);
        Set<String> inputs = new HashSet<>();
        for (Task task : made) {
          inputs.add(api.get(task.getName()).getInput().getInline().toStringUtf8());
        }
        assertThat(inputs)
            .containsExactly("{\"client\":\"" + client.name() + "\",\"n\":1,\"text\":\"ä € 😀\"}");
      }
    }
  }

  @Test
  void each_client_gets_its_replies_and_what_is_invalid_is_kept(RestartedServer server)
      throws Exception {
    RunningServer running = server.running();
    try (Client api = running.client()) {
      for (LegacyClient client : clients(running)) {
        String run = "replies-" + client.name();
        String answers = "answers." + client.name();
        client.send(INGRESS, "", task(client, run, 1), false, answers);
        Task made = await(api, run, 1).get(0);
        assertThat(client.receive(answers)).contains("\"accepted\"", made.getName());
        assertThat(client.receive(answers))
            .contains("\"completed\"", made.getName(), "\"state\":\"SUCCEEDED\"", "ä € 😀");
        client.send(INGRESS, "", "no json of " + client.name(), false, answers);
        assertThat(client.receive(answers)).contains("\"rejected\"", "INVALID_BODY");
        assertThat(client.receive("tasklane.invalid")).isEqualTo("no json of " + client.name());
      }
    }
  }

  @Test
  void a_broker_that_dies_loses_no_message_and_doubles_none(RestartedServer server)
      throws Exception {
    RunningServer running = server.running();
    List<CompletableFuture<Void>> senders = new ArrayList<>();
    for (LegacyClient client : clients(running)) {
      senders.add(CompletableFuture.runAsync(() -> sendAll(client)));
    }
    try (Client api = running.client()) {
      Instant end = Instant.now().plus(PATIENCE);
      while (tasks(api, "many-core").size() < MESSAGES / 4 && Instant.now().isBefore(end)) {
        Thread.sleep(50);
      }
      running.part("broker").destroyForcibly();
      senders.forEach(CompletableFuture::join);
      for (LegacyClient client : clients(running)) {
        List<Task> made = await(api, "many-" + client.name(), MESSAGES);
        Set<Integer> numbers = new HashSet<>();
        for (Task task : made) {
          String key = task.getDeduplicationKey();
          numbers.add(Integer.parseInt(key.substring(key.indexOf('-') + 1)));
        }
        assertThat(numbers).as("each number of " + client.name()).hasSize(MESSAGES);
      }
    }
  }

  /** A sender that does not know whether a message has arrived sends it again, under its id. */
  private static void sendAll(LegacyClient client) {
    for (int i = 0; i < MESSAGES; i++) {
      String body =
          task(client, "many-" + client.name(), i)
              .replaceFirst(
                  "\"labels\"",
                  "\"deduplication_key\":\"" + client.name() + "-" + i + "\",\"labels\"");
      Instant end = Instant.now().plus(PATIENCE);
      while (true) {
        try {
          client.send(INGRESS, client.name() + "-" + i, body, false, "");
          break;
        } catch (Exception away) {
          if (Instant.now().isAfter(end)) {
            throw new AssertionError(client.name() + " cannot send", away);
          }
          pause();
        }
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
