package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.fact.Fact;
import io.tasklane.fact.FactService;
import io.tasklane.key.FencingToken;
import io.tasklane.service.TaskService;
import io.tasklane.task.Attempt;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Progress;
import io.tasklane.task.Publication;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.RequestedTimeouts;
import io.tasklane.worker.WorkerListener.Stop;
import io.tasklane.worker.WorkerMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a worker says of the runs that it has, and what becomes of their tasks. */
class WorkerRunTest extends OneNodeOfWorkers {
  @Test
  void a_task_is_offered_accepted_and_completed() throws Exception {
    TestWorker worker = worker();
    node.create(request("a"));
    TestWorker.Offered offer = worker.offered();
    assertThat(offer.input()).isEqualTo(Payload.json("{\"a\":1}"));
    assertThat(offer.limit()).isEqualTo(Duration.ofMinutes(5));
    assertThat(node.read("a").state()).isEqualTo(TaskState.OFFERED);
    assertThat(node.read("a").attempt()).as("not begun").isZero();
    worker.say(new WorkerMessage.Accept(offer.lease()));
    Task running = node.read("a");
    assertThat(running.state()).as("before the acknowledgement").isEqualTo(TaskState.RUNNING);
    assertThat(running.attempt()).isEqualTo(1);
    assertThat(running.node()).isEqualTo(worker.session.worker());
    worker.complete(offer.lease(), "{\"done\":true}");
    Task done = node.read("a");
    assertThat(done.state()).isEqualTo(TaskState.SUCCEEDED);
    assertThat(done.result()).contains(Payload.json("{\"done\":true}"));
    assertThat(done.lostCount()).isZero();
  }

  @Test
  void a_failure_is_tried_again_and_keeps_log_and_failure_of_the_attempt() throws Exception {
    TestWorker worker = worker();
    worker.credit(1);
    node.create(request("a"));
    TestWorker.Offered first = worker.running();
    worker.say(new WorkerMessage.Log(first.lease(), List.of("one", "two")));
    worker.say(TestWorker.failed(first.lease(), "FEED_DOWN"));
    TestWorker.Offered second = worker.running();
    assertThat(node.read("a").attempt()).isEqualTo(2);
    worker.complete(second.lease(), "{}");
    Attempt attempt =
        node.engine.services().get(TaskService.class).attempts("a", FencingToken.NONE, 10).get(0);
    assertThat(attempt.log()).contains(" one\n").endsWith(" two");
    assertThat(attempt.failure().map(Failure::code)).contains("FEED_DOWN");
    assertThat(attempt.node()).isEqualTo(worker.session.worker());
  }

  @Test
  void what_a_run_leaves_is_in_the_commit_of_its_end() throws Exception {
    TestWorker worker = worker();
    node.create(request("a"));
    TestWorker.Offered run = worker.running();
    worker.say(
        new WorkerMessage.Completed(
            run.lease(),
            Payload.json("{}"),
            false,
            List.of(EngineBench.request(QUEUE, "child")),
            List.of(new Publication("market.news", "symbols/A", Payload.json("{}"))),
            List.of(new Fact("synced", true, Optional.empty())),
            0));
    node.await("child", TaskState.SUCCEEDED);
    assertThat(node.engine.services().get(FactService.class).get("synced").actor().principal())
        .isEqualTo("tasks/a");
  }

  @Test
  void progress_and_checkpoints_are_written_while_it_runs() throws Exception {
    TestWorker worker = worker();
    worker.credit(1);
    node.create(request("a"));
    TestWorker.Offered run = worker.running();
    Progress progress = new Progress(3, 9, "AAPL", "going", Instant.parse("2026-11-23T10:00:00Z"));
    worker.say(
        new WorkerMessage.Heartbeat(
            List.of(new WorkerMessage.Beat(run.lease(), Optional.of(progress))), 0.1, 5));
    Progress stored = node.read("a").progress().orElseThrow();
    assertThat(stored.completedUnits()).isEqualTo(3);
    assertThat(stored.currentUnit()).isEqualTo("AAPL");
    assertThat(stored.updateTime()).as("by our clock").isNotEqualTo(progress.updateTime());
    worker.say(new WorkerMessage.Checkpoint(run.lease(), Payload.json("{\"at\":3}")));
    worker.say(new WorkerMessage.Release(run.lease(), Optional.empty(), "drain", 0));
    TestWorker.Offered again = worker.running();
    assertThat(again.checkpoint()).contains(Payload.json("{\"at\":3}"));
    assertThat(node.read("a").attempt()).as("a release uses none").isEqualTo(1);
    assertThat(node.read("a").lostCount()).isZero();
  }

  @Test
  void a_cancel_reaches_the_worker_which_ends_the_run() throws Exception {
    TestWorker worker = worker();
    node.create(request("a"));
    TestWorker.Offered run = worker.running();
    worker.say(new WorkerMessage.PartialResult(run.lease(), Payload.json("{\"half\":1}")));
    node.cancel("a");
    TestWorker.Stopped stop = worker.stops.poll(10, TimeUnit.SECONDS);
    assertThat(stop.why()).isEqualTo(Stop.CANCEL);
    assertThat(stop.actor().orElseThrow().principal()).isEqualTo("tester");
    worker.say(TestWorker.failed(run.lease(), "STOPPED"));
    Task ended = node.await("a", TaskState.CANCELLED);
    assertThat(ended.result()).contains(Payload.json("{\"half\":1}"));
    assertThat(ended.resultPartial()).isTrue();
  }

  @Test
  void a_time_limit_stops_the_run_and_the_server_ends_it_after_its_grace() throws Exception {
    TestWorker worker = worker();
    node.create(
        request("a")
            .withTimeouts(
                RequestedTimeouts.NONE
                    .withAttempt(Duration.ofMillis(300))
                    .withCancelGrace(Duration.ofMillis(300))));
    TestWorker.Offered run = worker.running();
    worker.say(new WorkerMessage.PartialResult(run.lease(), Payload.json("{\"half\":1}")));
    assertThat(worker.stops.poll(10, TimeUnit.SECONDS).why()).isEqualTo(Stop.TIMEOUT);
    Task ended = node.await("a", TaskState.FAILED);
    assertThat(ended.failure().orElseThrow().kind()).isEqualTo(Failure.Kind.TIMEOUT);
    assertThat(ended.failure().orElseThrow().code()).isEqualTo("ATTEMPT_TIMEOUT");
    assertThat(ended.result()).contains(Payload.json("{\"half\":1}"));
    assertThat(reason(() -> worker.complete(run.lease(), "{}"))).isEqualTo("STALE_LEASE");
    assertThat(worker.lost.poll(10, TimeUnit.SECONDS)).isEqualTo(run.lease());
  }

  @Test
  void a_result_that_is_no_json_fails_its_task_once() throws Exception {
    TestWorker worker = worker();
    node.create(request("a"));
    worker.complete(worker.running().lease(), "{");
    Task ended = node.read("a");
    assertThat(ended.state()).isEqualTo(TaskState.FAILED);
    assertThat(ended.failure().orElseThrow().code()).isEqualTo("RESULT_INVALID");
  }

  @Test
  void a_step_that_sleeps_ends_the_run_and_the_task_is_offered_again_in_the_same_attempt()
      throws Exception {
    TestWorker worker = worker();
    worker.credit(1);
    node.create(request("a"));
    TestWorker.Offered run = worker.running();
    worker.say(new WorkerMessage.Suspended(run.lease(), "wait", Duration.ofMillis(500)));
    assertThat(node.read("a").state()).isEqualTo(TaskState.SCHEDULED);
    TestWorker.Offered again = worker.running();
    assertThat(node.read("a").attempt()).isEqualTo(1);
    worker.complete(again.lease(), "{}");
  }

  private static String reason(Runnable call) {
    Throwable[] thrown = new Throwable[1];
    assertThatThrownBy(
            () -> {
              try {
                call.run();
              } catch (Throwable failed) {
                thrown[0] = failed;
                throw failed;
              }
            })
        .isInstanceOf(Refusal.class);
    return ((Refusal) thrown[0]).reason().name();
  }
}
