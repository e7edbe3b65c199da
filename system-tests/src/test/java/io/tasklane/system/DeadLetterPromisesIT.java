package io.tasklane.system;

import static io.tasklane.system.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.v1.DiscardDeadLetterRequest;
import io.tasklane.v1.GetDeadLetterRequest;
import io.tasklane.v1.ListDeadLettersRequest;
import io.tasklane.v1.ReplayDeadLetterRequest;
import io.tasklane.v1.RetryPolicy;
import io.tasklane.v1.Task;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each refusal of the calls about dead letters; those of queues are with the retry of tasks. */
@ExtendWith(SharedServer.class)
class DeadLetterPromisesIT {
  private static final String BAD = "INVALID_ARGUMENT ";
  private static final String NONE = "NOT_FOUND DEAD_LETTER_NOT_FOUND";
  private static final String NOBODY = "deadLetters/nobody";

  private static String letter(Client client) {
    RetryPolicy once = RetryPolicy.newBuilder().setMaximumAttempts(1).build();
    Task.Builder task = Client.task(Client.DATA, "system.fail", "{}").setRetryPolicy(once);
    return client.end(client.create(task)).getName().replace("tasks/", "deadLetters/");
  }

  @Test
  void of_looking_at_them(Client client) {
    var unnamed = GetDeadLetterRequest.getDefaultInstance();
    refused(BAD + "INVALID_FIELD", () -> client.deadLetters().getDeadLetter(unnamed));
    var nobody = GetDeadLetterRequest.newBuilder().setName(NOBODY).build();
    refused(NONE, () -> client.deadLetters().getDeadLetter(nobody));
    letter(client);
    letter(client);
    ListDeadLettersRequest list = ListDeadLettersRequest.newBuilder().setPageSize(1).build();
    String token = client.deadLetters().listDeadLetters(list).getNextPageToken();
    assertThat(token).isNotEmpty();
    refusedList(client, "INVALID_FIELD", list.toBuilder().setPageSize(501));
    refusedList(client, "PAGE_TOKEN", list.toBuilder().setPageToken("x"));
    refusedList(
        client, "PAGE_TOKEN", list.toBuilder().setPageToken(token).setFilter("task_type = x"));
    for (String filter :
        List.of("queue", "colour = red", "task_type > x", "queue = \"open", "fingerprint = x")) {
      refusedList(client, "FILTER", list.toBuilder().setFilter(filter));
    }
  }

  private static void refusedList(
      Client client, String reason, ListDeadLettersRequest.Builder list) {
    refused(BAD + reason, () -> client.deadLetters().listDeadLetters(list.build()));
  }

  @Test
  void of_a_replay(Client client) {
    var unnamed = ReplayDeadLetterRequest.getDefaultInstance();
    refused(BAD + "INVALID_FIELD", () -> client.deadLetters().replayDeadLetter(unnamed));
    var nobody = ReplayDeadLetterRequest.newBuilder().setName(NOBODY).build();
    refused(NONE, () -> client.deadLetters().replayDeadLetter(nobody));
    ReplayDeadLetterRequest replay =
        ReplayDeadLetterRequest.newBuilder().setName(letter(client)).build();
    String large = "{\"t\":\"" + "x".repeat(256 * 1024) + "\"}";
    var heavy = replay.toBuilder().setInputOverride(Client.json(large)).build();
    refused(BAD + "PAYLOAD_TOO_LARGE", () -> client.deadLetters().replayDeadLetter(heavy));
    var broken = replay.toBuilder().setInputOverride(Client.json("{\"times\":\"x\"}")).build();
    refused(BAD + "INPUT_SCHEMA", () -> client.deadLetters().replayDeadLetter(broken));
    var once = replay.toBuilder().setRequestId(UUID.randomUUID().toString()).build();
    client.deadLetters().replayDeadLetter(once);
    var other = once.toBuilder().setReason("another").build();
    refused(BAD + "REQUEST_ID_REUSED", () -> client.deadLetters().replayDeadLetter(other));
  }

  @Test
  void of_a_discard(Client client) {
    var unnamed = DiscardDeadLetterRequest.getDefaultInstance();
    refused(BAD + "INVALID_FIELD", () -> client.deadLetters().discardDeadLetter(unnamed));
    var nobody = DiscardDeadLetterRequest.newBuilder().setName(NOBODY).build();
    refused(NONE, () -> client.deadLetters().discardDeadLetter(nobody));
    var once =
        DiscardDeadLetterRequest.newBuilder()
            .setName(letter(client))
            .setRequestId(UUID.randomUUID().toString())
            .build();
    client.deadLetters().discardDeadLetter(once);
    var other = once.toBuilder().setReason("another").build();
    refused(BAD + "REQUEST_ID_REUSED", () -> client.deadLetters().discardDeadLetter(other));
  }
}
