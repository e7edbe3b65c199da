package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServer.class)
class OrderIT {
  private static final long SEED = 20260115;
  private static final int TASKS = 200;

  @Test
  void tasks_of_a_resumed_queue_start_by_priority_then_creation_and_never_two_at_once(
      Client client) {
    client.pause(Client.PORTFOLIO);
    List<Task> created;
    try {
      created = client.createAll(mixed());
      assertThat(created)
          .allMatch(task -> client.get(task.getName()).getState() == State.STATE_QUEUED);
    } finally {
      client.resume(Client.PORTFOLIO);
    }
    List<Task> ended = created.stream().map(client::end).toList();
    assertThat(ended).allMatch(task -> task.getState() == State.STATE_SUCCEEDED);

    // The sort is stable: tasks of one priority stay in the order of their creation.
    List<String> promised =
        created.stream()
            .sorted(Comparator.comparing(Task::getPriority).reversed())
            .map(Task::getName)
            .toList();
    assertThat(Record.byStart(ended)).extracting(Task::getName).isEqualTo(promised);
    Record.assertNeverTwoAtOnce(ended);
  }

  private static List<Task.Builder> mixed() {
    Random random = new Random(SEED);
    List<Task.Builder> tasks = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      int priority = 1 + random.nextInt(10);
      tasks.add(Client.task(Client.PORTFOLIO, "system.noop", "{}").setPriority(priority));
    }
    return tasks;
  }
}
