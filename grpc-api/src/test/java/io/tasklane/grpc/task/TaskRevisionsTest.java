package io.tasklane.grpc.task;

import static io.tasklane.grpc.TestTasks.moved;
import static io.tasklane.grpc.TestTasks.progressed;
import static io.tasklane.grpc.TestTasks.task;
import static io.tasklane.task.state.TaskState.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.event.LogEvent;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import io.tasklane.v1.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskRevisionsTest {
  private static final List<LogEvent> LIFE =
      List.of(
          moved("a", 1, Move.SUBMIT, null, QUEUED, 0),
          moved("a", 2, Move.CLAIM, QUEUED, RUNNING, 1),
          moved("a", 3, Move.RETRY_LATER, RUNNING, RETRY_WAIT, 1),
          moved("a", 4, Move.COME_DUE, RETRY_WAIT, QUEUED, 1),
          moved("a", 5, Move.CLAIM, QUEUED, RUNNING, 2),
          progressed("a", 6, 4),
          moved("a", 7, Move.SUCCEED, RUNNING, SUCCEEDED, 2));

  private final TaskRevisions revisions = revisions(QUEUED, 0, 1);

  @Test
  void every_state_is_shown_once_though_the_row_is_already_at_its_end() {
    List<Task> shown = shown(revisions, task("a", SUCCEEDED, 2, 7));

    assertThat(shown)
        .extracting(Task::getState)
        .containsExactly(
            Task.State.STATE_RUNNING,
            Task.State.STATE_RETRY_WAIT,
            Task.State.STATE_QUEUED,
            Task.State.STATE_RUNNING,
            Task.State.STATE_RUNNING,
            Task.State.STATE_SUCCEEDED);
    assertThat(shown).extracting(Task::getAttempt).containsExactly(1, 1, 1, 2, 2, 2);
    assertThat(shown).extracting(Task::getRevision).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(revisions.isEnded()).isTrue();
  }

  @Test
  void the_row_is_shown_where_the_event_is_its_last_one() {
    io.tasklane.task.Task row = task("a", RETRY_WAIT, 1, 3);

    Task shown = revisions.after(LIFE.get(2), TaskMapping.toWire(row)).orElseThrow();

    assertThat(shown).isEqualTo(TaskMapping.toWire(row));
    assertThat(shown.getFailure().getCode()).isEqualTo("FEED_DOWN");
  }

  @Test
  void a_start_that_the_row_has_left_behind_gets_the_time_of_its_event() {
    Task ended = TaskMapping.toWire(task("a", SUCCEEDED, 1, 7));

    Task running = revisions.after(LIFE.get(1), ended).orElseThrow();

    assertThat(running.getStartTime()).isEqualTo(WireTime.of(LIFE.get(1).time()));
    assertThat(running.getWorker()).isEqualTo("nodes/n1");
    assertThat(running.hasResult()).isFalse();
  }

  @Test
  void events_before_what_was_read_first_are_not_shown() {
    TaskRevisions late = revisions(RUNNING, 2, 5);

    assertThat(shown(late, task("a", SUCCEEDED, 2, 7)))
        .extracting(Task::getState)
        .containsExactly(Task.State.STATE_RUNNING, Task.State.STATE_SUCCEEDED);
  }

  @Test
  void an_event_that_comes_twice_is_shown_once() {
    Task row = TaskMapping.toWire(task("a", RUNNING, 1, 2));

    assertThat(revisions.after(LIFE.get(1), row)).isPresent();
    assertThat(revisions.after(LIFE.get(1), row)).isEmpty();
  }

  @Test
  void progress_is_shown_from_its_event() {
    TaskRevisions running = revisions(RUNNING, 2, 5);

    Task shown =
        running.after(LIFE.get(5), TaskMapping.toWire(task("a", SUCCEEDED, 2, 7))).orElseThrow();

    assertThat(shown.getProgress().getCompletedUnits()).isEqualTo(4);
    assertThat(shown.getProgress().getTotalUnits()).isEqualTo(9);
    assertThat(shown.getState()).isEqualTo(Task.State.STATE_RUNNING);
  }

  private static TaskRevisions revisions(TaskState state, int attempt, long revision) {
    return new TaskRevisions(TaskMapping.toWire(task("a", state, attempt, revision)));
  }

  private static List<Task> shown(TaskRevisions revisions, io.tasklane.task.Task row) {
    List<Task> shown = new ArrayList<>();
    LIFE.forEach(event -> revisions.after(event, TaskMapping.toWire(row)).ifPresent(shown::add));
    return shown;
  }
}
