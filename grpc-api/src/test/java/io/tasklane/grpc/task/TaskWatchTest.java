package io.tasklane.grpc.task;

import static io.tasklane.grpc.TestTasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.FieldMask;
import io.tasklane.api.Refusal;
import io.tasklane.grpc.LogOfTest;
import io.tasklane.grpc.TasksOfTest;
import io.tasklane.grpc.call.ReadMask;
import io.tasklane.grpc.stream.HandAlarm;
import io.tasklane.task.state.TaskState;
import io.tasklane.v1.WatchTaskResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskWatchTest {
  private final TasksOfTest tasks = new TasksOfTest();
  private final LogOfTest log = new LogOfTest();
  private final HandAlarm alarm = new HandAlarm();
  private final TaskWatch watch =
      new TaskWatch(
          new TaskFollower(tasks, log, "a"),
          new ReadMask<>(FieldMask.getDefaultInstance()),
          alarm,
          Duration.ofMinutes(30));

  @BeforeEach
  void open() {
    tasks.rows.put("a", task("a", TaskState.RUNNING, 1, 2));
    watch.open(() -> {});
  }

  @AfterEach
  void close() {
    watch.close();
    assertThat(alarm.set()).isZero();
    assertThat(log.readers()).isZero();
  }

  @Test
  void a_task_that_does_not_change_is_sent_again_as_a_sign_of_life() {
    WatchTaskResponse first = watch.next().orElseThrow();
    assertThat(watch.next()).isEmpty();

    alarm.pass(Duration.ofSeconds(15));

    assertThat(watch.next()).contains(first);
    assertThat(watch.next()).isEmpty();
  }

  @Test
  void a_watch_that_is_over_before_its_task_is_unavailable_because_ok_means_the_end() {
    watch.next();
    alarm.pass(Duration.ofMinutes(30));

    assertThatThrownBy(watch::next)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("open it again");
    assertThat(watch.isDone()).isFalse();
  }
}
