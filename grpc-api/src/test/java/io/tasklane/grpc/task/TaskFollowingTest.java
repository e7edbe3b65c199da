package io.tasklane.grpc.task;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.TestTasks.moved;
import static io.tasklane.grpc.TestTasks.published;
import static io.tasklane.grpc.TestTasks.task;
import static io.tasklane.task.state.TaskState.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import io.grpc.Context;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.task.state.Move;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import io.tasklane.v1.WaitTaskRequest;
import io.tasklane.v1.WaitTaskResponse;
import io.tasklane.v1.WatchTaskRequest;
import io.tasklane.v1.WatchTaskResponse;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TaskFollowingTest {
  private ApiOfTest api;
  private TaskServiceGrpc.TaskServiceBlockingStub tasks;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    tasks = TaskServiceGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    api.tasks.rows.put("a", task("a", QUEUED, 0, 1));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_watcher_sees_the_task_now_and_every_state_until_it_ends() {
    Iterator<WatchTaskResponse> watch = watch("name", "state", "attempt");

    assertThat(watch.next().getTask().getState()).isEqualTo(Task.State.STATE_QUEUED);
    run();

    assertThat(watch.next().getTask())
        .isEqualTo(
            Task.newBuilder()
                .setName("tasks/a")
                .setState(Task.State.STATE_RUNNING)
                .setAttempt(1)
                .build());
    assertThat(watch.next().getTask().getState()).isEqualTo(Task.State.STATE_SUCCEEDED);
    assertThat(watch.hasNext()).isFalse();
    assertThat(api.log.readers()).isZero();
  }

  /** Its revision may be greater than that of a move which comes behind it in the log. */
  @Test
  void what_others_publish_about_a_task_hides_no_state_of_it() {
    Iterator<WatchTaskResponse> watch = watch("state");
    watch.next();

    api.log.append(published("a", 1_000));
    run();

    assertThat(watch.next().getTask().getState()).isEqualTo(Task.State.STATE_RUNNING);
    assertThat(watch.next().getTask().getState()).isEqualTo(Task.State.STATE_SUCCEEDED);
    assertThat(watch.hasNext()).isFalse();
  }

  @Test
  void a_task_that_has_ended_is_shown_once_and_the_watch_is_over() {
    api.tasks.rows.put("a", task("a", FAILED, 4, 9));

    Iterator<WatchTaskResponse> watch = watch();

    assertThat(watch.next().getTask().getState()).isEqualTo(Task.State.STATE_FAILED);
    assertThat(watch.hasNext()).isFalse();
  }

  @Test
  void a_missing_task_cannot_be_watched_or_waited_for() {
    api.tasks.rows.clear();

    assertThat(codeAndReason(catchThrowable(() -> watch().next())))
        .isEqualTo("NOT_FOUND TASK_NOT_FOUND");
    assertThat(codeAndReason(catchThrowable(() -> await(1)))).isEqualTo("NOT_FOUND TASK_NOT_FOUND");
    assertThat(api.log.readers()).isZero();
    assertThat(api.open.count()).isZero();
  }

  @Test
  void a_watcher_that_goes_away_leaves_no_reader_behind() throws Exception {
    Context.CancellableContext mine = Context.current().withCancellation();
    mine.run(() -> watch().next());
    assertThat(api.log.readers()).isEqualTo(1);

    mine.cancel(null);

    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (api.log.readers() > 0 && System.nanoTime() < giveUp) {
      Thread.onSpinWait();
    }
    assertThat(api.log.readers()).isZero();
  }

  @Test
  void a_wait_that_is_given_up_while_the_database_is_away_leaves_no_reader_behind()
      throws InterruptedException {
    api.system.databaseIsThere = false;
    assertThat(codeAndReason(catchThrowable(() -> await(60))))
        .isEqualTo("UNAVAILABLE DATABASE_UNAVAILABLE");
    StreamClient.until(() -> api.log.readers() == 0 && api.open.count() == 0);
  }

  @Test
  void waiting_ends_with_the_task() throws Exception {
    Thread runner = afterOneReaderCame(this::run);

    WaitTaskResponse response = await(20);

    runner.join();
    assertThat(response.getReached()).isTrue();
    assertThat(response.getTask().getState()).isEqualTo(Task.State.STATE_SUCCEEDED);
    assertThat(api.log.readers()).isZero();
  }

  @Test
  void waiting_for_a_state_sees_it_though_the_task_has_moved_on() throws Exception {
    Thread runner = afterOneReaderCame(this::run);

    WaitTaskResponse response = await(20, Task.State.STATE_RUNNING);

    runner.join();
    assertThat(response.getReached()).isTrue();
    assertThat(response.getTask().getState()).isEqualTo(Task.State.STATE_RUNNING);
  }

  @Test
  void a_task_that_ends_elsewhere_ends_the_wait_unreached() throws Exception {
    Thread runner = afterOneReaderCame(this::run);

    WaitTaskResponse response = await(20, Task.State.STATE_CANCELLED);

    runner.join();
    assertThat(response.getReached()).isFalse();
    assertThat(response.getTask().getState()).isEqualTo(Task.State.STATE_SUCCEEDED);
  }

  @Test
  void the_timeout_ends_the_wait_with_the_task_as_it_is() {
    WaitTaskResponse response =
        tasks.waitTask(
            WaitTaskRequest.newBuilder()
                .setName("tasks/a")
                .setTimeout(Duration.newBuilder().setNanos(50_000_000))
                .build());

    assertThat(response.getReached()).isFalse();
    assertThat(response.getTask().getState()).isEqualTo(Task.State.STATE_QUEUED);
  }

  @Test
  void a_server_that_stops_ends_waits_and_watches_with_unavailable() {
    Iterator<WatchTaskResponse> watch = watch();
    watch.next();

    api.open.closeAll();

    assertThat(codeAndReason(catchThrowable(watch::hasNext)))
        .isEqualTo("UNAVAILABLE STREAM_CLOSED");
    assertThat(codeAndReason(catchThrowable(() -> await(20))))
        .isEqualTo("UNAVAILABLE STREAM_CLOSED");
  }

  /** The task starts and succeeds; its row is at the end before a watcher hears of the start. */
  private void run() {
    api.tasks.rows.put("a", task("a", SUCCEEDED, 1, 4));
    api.log.append(
        moved("b", 2, Move.CLAIM, QUEUED, RUNNING, 1),
        moved("a", 3, Move.CLAIM, QUEUED, RUNNING, 1),
        moved("a", 4, Move.SUCCEED, RUNNING, SUCCEEDED, 1));
  }

  private Thread afterOneReaderCame(Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              while (api.log.polls() == 0) {
                Thread.onSpinWait();
              }
              work.run();
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private Iterator<WatchTaskResponse> watch(String... paths) {
    return tasks.watchTask(
        WatchTaskRequest.newBuilder()
            .setName("tasks/a")
            .setReadMask(FieldMask.newBuilder().addAllPaths(java.util.List.of(paths)))
            .build());
  }

  private WaitTaskResponse await(int seconds, Task.State... states) {
    return tasks.waitTask(
        WaitTaskRequest.newBuilder()
            .setName("tasks/a")
            .addAllStates(java.util.List.of(states))
            .setTimeout(Duration.newBuilder().setSeconds(seconds))
            .build());
  }
}
