package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.Event;
import io.tasklane.v1.Failure;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServer.class)
class RetryIT {
  private static Task.Builder fail(String input) {
    return Client.task(Client.AI, "system.fail", input);
  }

  private static List<Event> of(Task task, List<Event> events) {
    return events.stream().filter(e -> e.getSubject().equals(task.getName())).toList();
  }

  private static boolean ended(Task task, List<Event> events) {
    return of(task, events).stream()
        .map(EventReader::state)
        .anyMatch(s -> s.matches("SUC.*|FAIL.*"));
  }

  @Test
  void a_retryable_failure_is_tried_again_after_one_two_and_four_seconds(Client client)
      throws Exception {
    EventReader reader = new EventReader(client, client.resumeToken());
    Task task = client.create(fail("{\"code\":\"BROKER_BUSY\",\"retryable\":true,\"times\":3}"));
    // The queue does not wait with it.
    Task other = client.create(Client.task(Client.AI, "system.noop", "{}"));
    assertThat(client.end(other).getState()).isEqualTo(State.STATE_SUCCEEDED);
    Task ended = client.end(task);
    assertThat(ended.getState()).isEqualTo(State.STATE_SUCCEEDED);
    assertThat(ended.getAttempt()).isEqualTo(4);
    assertThat(Timestamps.compare(client.get(other.getName()).getEndTime(), ended.getStartTime()))
        .isNegative();

    List<Event> events = of(task, reader.readUntil(all -> ended(task, all)).events());
    List<Event> starts =
        events.stream().filter(e -> EventReader.state(e).equals("RUNNING")).toList();
    List<Event> rests =
        events.stream().filter(e -> EventReader.state(e).equals("RETRY_WAIT")).toList();
    assertThat(starts).hasSize(4);
    assertThat(rests).hasSize(3);
    for (int i = 0; i < rests.size(); i++) {
      var rest = Timestamps.between(rests.get(i).getEventTime(), starts.get(i + 1).getEventTime());
      long promised = 1000L << i;
      assertThat(Durations.toMillis(rest)).isBetween(promised - 20, promised + 3000);
    }
  }

  @Test
  void a_task_that_fails_four_times_has_failed_and_keeps_why(Client client) {
    Task task =
        client.end(client.create(fail("{\"code\":\"FEED_DOWN\",\"retryable\":true,\"times\":9}")));
    assertThat(task.getState()).isEqualTo(State.STATE_FAILED);
    assertThat(task.getAttempt()).isEqualTo(4);
    assertThat(task.getFailure().getCode()).isEqualTo("FEED_DOWN");
    assertThat(task.getFailure().getStackTrace()).isNotBlank();
  }

  @Test
  void a_permanent_failure_is_not_tried_again(Client client) {
    Task task =
        client.end(client.create(fail("{\"code\":\"BAD_DATA\",\"retryable\":false,\"times\":1}")));
    assertThat(task.getState()).isEqualTo(State.STATE_FAILED);
    assertThat(task.getAttempt()).isEqualTo(1);
    assertThat(task.getFailure().getKind()).isEqualTo(Failure.Kind.KIND_PERMANENT);
  }
}
