package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.tasklane.v1.DeadLetter;
import io.tasklane.v1.DeadLetterServiceGrpc;
import io.tasklane.v1.DeadLetterServiceGrpc.DeadLetterServiceBlockingStub;
import io.tasklane.v1.DiscardDeadLetterRequest;
import io.tasklane.v1.Event;
import io.tasklane.v1.GetDeadLetterRequest;
import io.tasklane.v1.GetQueueStatsRequest;
import io.tasklane.v1.ListDeadLettersRequest;
import io.tasklane.v1.ListTaskAttemptsRequest;
import io.tasklane.v1.ListTaskTypesRequest;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.ReplayDeadLetterRequest;
import io.tasklane.v1.RetryTaskRequest;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import io.tasklane.v1.TaskType;
import io.tasklane.v1.WatchQueueStatsRequest;
import io.tasklane.v1.WatchQueueStatsResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator does about work that failed. */
@ExtendWith(SharedServer.class)
class DeadLetterIT {
  private final String code = "IT_" + UUID.randomUUID().toString().substring(0, 8).toUpperCase();

  @Test
  void what_failed_for_good_is_found_by_its_cause_replayed_and_discarded(Client client) {
    String token = client.resumeToken();
    final long before = deadLetters(client);
    Task one = failed(client);
    Task two = failed(client);
    awaitDeadLetters(client, before + 2);
    DeadLetter letter = list(client, "failure.code = " + code).get(1);
    assertThat(letter.getTask()).isEqualTo(one.getName());
    assertThat(
            list(client, "fingerprint = " + letter.getFingerprint() + " AND queue = AI_ANALYSIS"))
        .extracting(DeadLetter::getTask)
        .startsWith(two.getName(), one.getName());

    ReplayDeadLetterRequest replay =
        ReplayDeadLetterRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setName(letter.getName())
            .setReason("mended")
            .setInputOverride(Client.json("{\"times\":0}"))
            .build();
    String again = letters(client).replayDeadLetter(replay).getTask();
    assertThat(letters(client).replayDeadLetter(replay).getTask()).isEqualTo(again);
    Task ended = client.end(client.get(again));
    assertThat(ended.getState()).isEqualTo(State.STATE_SUCCEEDED);
    assertThat(ended.getRetryOf()).isEqualTo(one.getName());
    DeadLetter replayed = get(client, letter.getName());
    assertThat(replayed.getReplayCount()).isOne();
    assertThat(replayed.getLastReplayActor().getReason()).isEqualTo("mended");

    discard(client, letter.getName());
    StatusRuntimeException gone = Client.refusal(() -> get(client, letter.getName()));
    assertThat(gone.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
    assertThat(Refusals.reason(gone)).isEqualTo("DEAD_LETTER_NOT_FOUND");
    discard(client, letters(client, two));
    awaitDeadLetters(client, before);
    assertThat(client.get(one.getName()).getState()).isEqualTo(State.STATE_FAILED);
    List<Event> told = events(client, token, letter.getName(), 2);
    assertThat(told)
        .extracting(Event::getEventType)
        .containsExactly("dead_letter.replayed", "dead_letter.discarded");
    assertThat(told.get(0).getData().getInline().toStringUtf8()).contains(again, "mended", code);
  }

  @Test
  void a_failed_task_is_retried_as_a_new_one_and_a_succeeded_one_is_not(Client client) {
    Task failed = failed(client);
    Task again = retry(client, failed);
    assertThat(again.getRetryOf()).isEqualTo(failed.getName());
    assertThat(again.getInput()).isEqualTo(failed.getInput());
    assertThat(client.end(again).getState()).isEqualTo(State.STATE_FAILED);
    Task succeeded = client.end(client.create(Client.task(Client.AI, "system.noop", "{}")));
    StatusRuntimeException refusal = Client.refusal(() -> retry(client, succeeded));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(Refusals.reason(refusal)).isEqualTo("TASK_SUCCEEDED");
    for (Task task : List.of(failed, again)) {
      discard(client, letters(client, task));
    }
  }

  @Test
  void a_list_finds_what_ended_last_with_a_failure_and_a_label(Client client) {
    Task first = failed(client);
    Task last = failed(client);
    ListTasksRequest request =
        ListTasksRequest.newBuilder()
            .setFilter(
                "state = FAILED AND labels.it = "
                    + code
                    + " AND failure.code = "
                    + code
                    + " AND end_time >= \""
                    + Timestamps.toString(first.getEndTime())
                    + "\"")
            .setOrderBy("end_time desc")
            .build();
    assertThat(client.tasks().listTasks(request).getTasksList())
        .extracting(Task::getName)
        .containsExactly(last.getName(), first.getName());
    for (Task task : List.of(first, last)) {
      discard(client, letters(client, task));
    }
  }

  @Test
  void the_runs_of_a_task_are_shown_while_it_runs_and_after(Client client) {
    Task task = client.create(Client.task(Client.AI, "system.sleep", "{\"millis\":1500}"));
    client.reach(task, State.STATE_RUNNING);
    ListTaskAttemptsRequest request =
        ListTaskAttemptsRequest.newBuilder().setName(task.getName()).build();
    var running = client.tasks().listTaskAttempts(request).getAttempts(0);
    client.end(task);
    var ended = client.tasks().listTaskAttempts(request).getAttempts(0);
    assertThat(running.hasEndTime()).isFalse();
    assertThat(ended.hasEndTime()).isTrue();
    assertThat(ended.getFencingToken()).isEqualTo(running.getFencingToken());
    assertThat(client.tasks().listTaskAttempts(request).getAttemptsCount()).isOne();
  }

  @Test
  void every_task_type_of_the_server_is_told_with_its_schema(Client client) {
    List<TaskType> types =
        client.tasks().listTaskTypes(ListTaskTypesRequest.getDefaultInstance()).getTaskTypesList();
    assertThat(types)
        .extracting(TaskType::getTaskType)
        .contains("system.noop", "news_monitoring", "recommendation_generation");
    assertThat(types)
        .filteredOn(type -> type.getTaskType().equals("system.sleep"))
        .singleElement()
        .satisfies(type -> assertThat(type.getInputSchema()).contains("\"millis\""));
  }

  private Task failed(Client client) {
    String input = "{\"code\":\"" + code + "\",\"retryable\":false}";
    Task.Builder task = Client.task(Client.AI, "system.fail", input).putLabels("it", code);
    Task ended = client.end(client.create(task));
    assertThat(ended.getState()).isEqualTo(State.STATE_FAILED);
    return ended;
  }

  private static Task retry(Client client, Task task) {
    RetryTaskRequest request = RetryTaskRequest.newBuilder().setName(task.getName()).build();
    return client.tasks().retryTask(request).getTask();
  }

  private static DeadLetterServiceBlockingStub letters(Client client) {
    return DeadLetterServiceGrpc.newBlockingStub(client.channel())
        .withDeadlineAfter(90, TimeUnit.SECONDS);
  }

  private static String letters(Client client, Task task) {
    return get(client, task.getName().replace("tasks/", "deadLetters/")).getName();
  }

  private static DeadLetter get(Client client, String name) {
    return letters(client)
        .getDeadLetter(GetDeadLetterRequest.newBuilder().setName(name).build())
        .getDeadLetter();
  }

  private static List<DeadLetter> list(Client client, String filter) {
    return letters(client)
        .listDeadLetters(ListDeadLettersRequest.newBuilder().setFilter(filter).build())
        .getDeadLettersList();
  }

  private static void discard(Client client, String name) {
    DiscardDeadLetterRequest request =
        DiscardDeadLetterRequest.newBuilder().setName(name).setReason("seen").build();
    letters(client).discardDeadLetter(request);
  }

  private static long deadLetters(Client client) {
    GetQueueStatsRequest request = GetQueueStatsRequest.newBuilder().setName(Client.AI).build();
    return client.queues().getQueueStats(request).getStats().getDeadLetterCount();
  }

  /** The figures follow the log: waits until they count so many. */
  private static void awaitDeadLetters(Client client, long count) {
    WatchQueueStatsRequest request =
        WatchQueueStatsRequest.newBuilder()
            .addNames(Client.AI)
            .setInterval(Durations.fromMillis(Duration.ofMillis(200).toMillis()))
            .build();
    Predicate<WatchQueueStatsResponse> reached =
        figures -> figures.getStatsOrThrow(Client.AI).getDeadLetterCount() == count;
    untilFirst(() -> client.queues().watchQueueStats(request), reached);
  }

  private static List<Event> events(Client client, String token, String subject, int count) {
    SubscribeEventsRequest request =
        SubscribeEventsRequest.newBuilder()
            .setResumeToken(token)
            .setFilter("subject = \"" + subject + "\"")
            .build();
    List<Event> events = new ArrayList<>();
    Predicate<SubscribeEventsResponse> enough =
        message -> {
          events.addAll(message.getBatch().getEventsList());
          return events.size() >= count;
        };
    untilFirst(() -> client.events().subscribeEvents(request), enough);
    return events;
  }

  /** Reads a stream until one message is the one waited for; its deadline ends a vain wait. */
  private static <M> void untilFirst(
      java.util.function.Supplier<Iterator<M>> stream, Predicate<M> reached) {
    CancellableContext context = Context.current().withCancellation();
    try {
      context.run(
          () -> {
            Iterator<M> messages = stream.get();
            while (!reached.test(messages.next())) {
              // the next one tells
            }
          });
    } finally {
      context.cancel(null);
    }
  }
}
