package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.tasklane.v1.Event;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import io.tasklane.v1.WaitTaskRequest;
import io.tasklane.v1.WaitTaskResponse;
import io.tasklane.v1.WatchQueueStatsRequest;
import io.tasklane.v1.WatchTaskRequest;
import io.tasklane.v1.WatchTaskResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServer.class)
class StreamIT {
  private static final int TASKS = 20;

  @Test
  void a_watch_begins_with_the_task_as_it_is_and_ends_with_its_end(Client client) {
    Task task = client.create(Client.task(Client.DATA, "system.sleep", "{\"millis\":1500}"));
    client.reach(task, State.STATE_RUNNING);
    WatchTaskRequest request = WatchTaskRequest.newBuilder().setName(task.getName()).build();
    Iterator<WatchTaskResponse> changes = client.tasks().watchTask(request);
    List<Task> seen = new ArrayList<>();
    changes.forEachRemaining(change -> seen.add(change.getTask()));
    assertThat(seen.get(0).getState()).isEqualTo(State.STATE_RUNNING);
    assertThat(seen.get(seen.size() - 1).getState()).isEqualTo(State.STATE_SUCCEEDED);
    assertThat(seen).extracting(Task::getRevision).isSorted();
  }

  @Test
  void a_wait_ends_at_its_timeout_where_the_state_is_not_reached(Client client) {
    client.pause(Client.DATA);
    Task task;
    try {
      task = client.create(Client.task(Client.DATA, "system.noop", "{}"));
      WaitTaskRequest request =
          WaitTaskRequest.newBuilder()
              .setName(task.getName())
              .addStates(State.STATE_SUCCEEDED)
              .setTimeout(Durations.fromMillis(300))
              .build();
      WaitTaskResponse answer = client.tasks().waitTask(request);
      assertThat(answer.getReached()).isFalse();
      assertThat(answer.getTask().getState()).isEqualTo(State.STATE_QUEUED);
    } finally {
      client.resume(Client.DATA);
    }
    client.end(task);
  }

  @Test
  void a_stream_taken_up_with_its_token_misses_nothing_and_repeats_nothing(Client client)
      throws Exception {
    EventReader reader = new EventReader(client, client.resumeToken());
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < TASKS; i++) {
      names.add(client.create(Client.task(Client.DATA, "system.noop", "{}")).getName());
    }
    // A new stream for every few events; the last one when all have ended.
    for (int piece = 1; piece <= 5; piece++) {
      int wanted = piece * 6;
      reader.readUntil(events -> events.size() >= wanted);
    }
    reader.readUntil(events -> ends(events, names) == TASKS);

    for (String name : names) {
      List<String> states =
          reader.events().stream()
              .filter(event -> event.getSubject().equals(name))
              .map(EventReader::state)
              .toList();
      assertThat(states).as(name).containsExactly("QUEUED", "RUNNING", "SUCCEEDED");
    }
  }

  private static long ends(List<Event> events, Set<String> names) {
    return events.stream()
        .filter(e -> names.contains(e.getSubject()) && EventReader.state(e).equals("SUCCEEDED"))
        .count();
  }

  @Test
  void a_token_that_was_never_given_out_is_refused(Client client) {
    SubscribeEventsRequest request =
        SubscribeEventsRequest.newBuilder().setResumeToken("not a token").build();
    StatusRuntimeException refusal =
        Client.refusal(() -> client.events().subscribeEvents(request).next());
    assertThat(refusal.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void the_figures_of_all_three_queues_come_again_and_again(Client client) {
    WatchQueueStatsRequest request =
        WatchQueueStatsRequest.newBuilder().setInterval(Durations.fromMillis(200)).build();
    var figures = client.queues().watchQueueStats(request);
    for (int i = 0; i < 3; i++) {
      assertThat(figures.next().getStatsMap())
          .containsKeys(Client.PORTFOLIO, Client.DATA, Client.AI);
    }
  }
}
