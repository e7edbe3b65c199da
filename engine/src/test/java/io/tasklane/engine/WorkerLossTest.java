package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tasklane.api.Refusal;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import io.tasklane.worker.LeaseName;
import io.tasklane.worker.Worker;
import io.tasklane.worker.WorkerMessage;
import io.tasklane.worker.WorkerState;
import io.tasklane.worker.stream.WorkerService;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The leases of a worker are its own, not those of a node or of a connection: they outlast both,
 * and end when nothing is heard of it.
 */
class WorkerLossTest {
  private static final QueueSettings[] QUEUES = {
    EngineBench.queue("Q", QueuePolicy.STANDARD), EngineBench.queue("R", QueuePolicy.STANDARD)
  };

  @TempDir Path folder;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
  private final EmbeddedBroker broker;
  private final Database database = Postgres.empty();
  private EngineBench first;

  WorkerLossTest() throws Exception {
    broker = new EmbeddedBroker();
  }

  @BeforeEach
  void start() {
    first = node("n1");
  }

  private EngineBench node(String name) {
    EngineBench bench =
        new EngineBench(
            database,
            folder.resolve(name),
            EngineBench.Surroundings.USUAL.named(name).withBroker(broker.url()),
            new EngineBench.Worker(run -> Payload.json("{}")),
            QUEUES);
    timer.scheduleWithFixedDelay(() -> catchThrowable(bench.engine::tick), 1, 1, TimeUnit.SECONDS);
    return bench;
  }

  @AfterEach
  void stop() throws Exception {
    timer.shutdownNow();
    first.close();
    broker.close();
  }

  private static TaskRequest request(String queue, String taskId) {
    return TaskRequest.of(queue, TestWorker.TYPE, Payload.json("{}")).withTaskId(taskId);
  }

  private Worker worker(TestWorker of) {
    return first.engine.services().get(WorkerService.class).get(of.id());
  }

  private static String refused(Runnable call) {
    return ((Refusal) catchThrowable(call::run)).reason().name();
  }

  @Test
  void offers_reach_a_worker_whose_stream_ends_at_another_node() throws Exception {
    EngineBench second = node("n2");
    try {
      Until.isTrue("each node owns a queue", () -> owners() == 2);
      TestWorker worker = TestWorker.at(second, 2);
      worker.credit(2);
      first.create(request("Q", "q"), request("R", "r"));
      TestWorker.Offered one = worker.running();
      TestWorker.Offered two = worker.running();
      assertThat(List.of(one.task().taskId(), two.task().taskId()))
          .containsExactlyInAnyOrder("q", "r");
      worker.complete(one.lease(), "{}");
      worker.complete(two.lease(), "{}");
      first.await("q", TaskState.SUCCEEDED);
      first.await("r", TaskState.SUCCEEDED);
      assertThat(worker(worker).node()).contains("n2");
    } finally {
      second.close();
    }
  }

  private long owners() {
    return Postgres.number(database, "SELECT count(DISTINCT node) FROM queue_owner");
  }

  @Test
  void a_worker_that_falls_silent_loses_its_leases_and_what_it_says_then_is_refused()
      throws Exception {
    TestWorker silent = TestWorker.at(first, 2);
    silent.credit(1);
    first.create(request("Q", "a"), request("Q", "b"));
    LeaseName lease = silent.running().lease();
    Until.isTrue("it is suspect", () -> worker(silent).state() == WorkerState.SUSPECT);
    assertThat(first.read("a").state()).isEqualTo(TaskState.RUNNING);
    TestWorker other = TestWorker.at(first, 1);
    other.credit(1);
    keepAlive(other);
    TestWorker.Offered again = other.offered();
    assertThat(worker(silent).state()).isEqualTo(WorkerState.LOST);
    assertThat(again.task().taskId()).as("before anything else of its queue").isEqualTo("a");
    assertThat(refused(() -> silent.complete(lease, "{}"))).isEqualTo("STALE_LEASE");
    other.say(new WorkerMessage.Accept(again.lease()));
    Task task = first.read("a");
    assertThat(task.attempt()).isEqualTo(1);
    assertThat(task.lostCount()).isEqualTo(1);
    assertThat(task.lostAloneCount()).isEqualTo(1);
    Until.isTrue("it is told", () -> silent.replaced || silent.lost.contains(lease));
    assertThat(
            refused(
                () ->
                    TestWorker.at(
                        first, TestWorker.hello(Optional.of(silent.id()), 2, List.of(lease)))))
        .isEqualTo("WORKER_LOST");
  }

  private void keepAlive(TestWorker worker) {
    timer.scheduleWithFixedDelay(() -> catchThrowable(worker::beat), 1, 1, TimeUnit.SECONDS);
  }

  @Test
  void a_run_that_is_lost_alone_for_the_third_time_fails() throws Exception {
    TestWorker worker = TestWorker.at(first, 1);
    first.create(request("Q", "a"));
    Postgres.run(database, "UPDATE task SET lost_count = 2");
    worker.credit(1);
    worker.running();
    Task task = first.await("a", TaskState.FAILED);
    assertThat(task.failure().orElseThrow().kind()).isEqualTo(Failure.Kind.LEASE_LOST);
    assertThat(task.lostCount()).isEqualTo(3);
    assertThat(task.lostAloneCount()).isEqualTo(1);
  }

  @Test
  void a_worker_that_comes_back_keeps_the_leases_that_it_names() throws Exception {
    TestWorker worker = TestWorker.at(first, 3);
    worker.credit(3);
    first.create(request("Q", "a"), request("R", "b"));
    TestWorker.Offered one = worker.running();
    TestWorker.Offered two = worker.running();
    worker.session.broken();
    TestWorker back = worker.again(first, 3, one.lease());
    assertThat(back.session.worker()).isEqualTo(worker.session.worker());
    assertThat(back.session.kept()).containsExactly(one.lease());
    assertThat(first.read(one.task().taskId()).state()).isEqualTo(TaskState.RUNNING);
    Until.isTrue(
        "the other one is given back",
        () -> first.read(two.task().taskId()).state() == TaskState.QUEUED);
    back.complete(one.lease(), "{\"once\":1}");
    Task done = first.read(one.task().taskId());
    assertThat(done.attempt()).isEqualTo(1);
    assertThat(done.lostCount()).isZero();
    back.credit(1);
    TestWorker.Offered again = back.running();
    assertThat(again.task().taskId()).isEqualTo(two.task().taskId());
    assertThat(first.read(again.task().taskId()).lostCount()).isZero();
  }

  @Test
  void a_completion_that_was_cut_off_is_acknowledged_when_it_comes_again() throws Exception {
    TestWorker worker = TestWorker.at(first, 1);
    worker.credit(1);
    first.create(request("Q", "a"));
    LeaseName lease = worker.running().lease();
    worker.complete(lease, "{\"once\":1}");
    worker.session.broken();
    TestWorker back = worker.again(first, 1, lease);
    assertThat(back.session.kept()).isEmpty();
    back.complete(lease, "{\"once\":1}");
    assertThat(refused(() -> back.complete(lease, "{\"twice\":1}"))).isEqualTo("STALE_LEASE");
    assertThat(first.read("a").result()).contains(Payload.json("{\"once\":1}"));
  }

  @Test
  void after_many_breaks_all_slots_are_still_used() throws Exception {
    TestWorker worker = TestWorker.at(first, 2);
    for (int i = 0; i < 20; i++) {
      worker.credit(2);
      worker.session.broken();
      worker = worker.again(first, 2);
    }
    worker.credit(2);
    first.create(request("Q", "a"), request("R", "b"));
    worker.running();
    worker.running();
    Worker now = worker(worker);
    assertThat(now.busySlots()).isEqualTo(2);
    assertThat(now.running()).containsExactlyInAnyOrder("tasks/a", "tasks/b");
    assertThat(now.state()).isEqualTo(WorkerState.HEALTHY);
  }

  @Test
  void the_end_of_the_node_that_owns_the_queue_does_not_disturb_the_run() throws Exception {
    EngineBench second = node("n2");
    Until.isTrue("each node owns a queue", () -> owners() == 2);
    TestWorker worker = TestWorker.at(first, 2);
    keepAlive(worker);
    worker.credit(2);
    first.create(request("Q", "a"), request("R", "b"));
    TestWorker.Offered one = worker.running();
    TestWorker.Offered two = worker.running();
    second.close();
    Until.isTrue("the first owns all", () -> owners() == 1);
    for (TestWorker.Offered run : List.of(one, two)) {
      worker.complete(run.lease(), "{}");
      Task done = first.read(run.task().taskId());
      assertThat(done.state()).isEqualTo(TaskState.SUCCEEDED);
      assertThat(done.attempt()).isEqualTo(1);
      assertThat(done.lostCount()).isZero();
    }
  }

  @Test
  void a_worker_goes_on_at_another_node_when_the_one_with_its_stream_is_gone() throws Exception {
    EngineBench second = node("n2");
    TestWorker worker = TestWorker.at(second, 1);
    worker.credit(1);
    first.create(request("Q", "a"));
    TestWorker.Offered run = worker.running();
    second.close();
    TestWorker back = worker.again(first, 1, run.lease());
    assertThat(back.session.kept()).containsExactly(run.lease());
    back.complete(run.lease(), "{}");
    assertThat(first.read("a").state()).isEqualTo(TaskState.SUCCEEDED);
    assertThat(first.read("a").attempt()).isEqualTo(1);
  }

  @Test
  void a_worker_that_leaves_in_order_gives_back_what_it_has() throws Exception {
    TestWorker worker = TestWorker.at(first, 3);
    worker.credit(3);
    first.create(request("Q", "a"), request("R", "b"));
    TestWorker.Offered run = worker.running();
    TestWorker.Offered offer = worker.offered();
    worker.session.finish().toCompletableFuture().join();
    assertThat(worker(worker).state()).isEqualTo(WorkerState.STOPPED);
    for (TestWorker.Offered each : List.of(run, offer)) {
      Task task = first.read(each.task().taskId());
      assertThat(task.state()).isEqualTo(TaskState.QUEUED);
      assertThat(task.lostCount()).isZero();
      assertThat(task.attempt()).isZero();
    }
  }

  @Test
  void a_worker_that_is_drained_gets_no_more_offers_and_is_told() throws Exception {
    TestWorker worker = TestWorker.at(first, 3);
    worker.credit(3);
    first.create(request("Q", "a"), request("R", "b"));
    TestWorker.Offered run = worker.running();
    TestWorker.Offered offer = worker.offered();
    first
        .engine
        .services()
        .get(WorkerService.class)
        .drain(worker.id(), new Actor("tester", "update"), EngineBench.change())
        .toCompletableFuture()
        .join();
    assertThat(worker.drains.poll(10, TimeUnit.SECONDS).reason()).isEqualTo("update");
    assertThat(worker(worker).state()).isEqualTo(WorkerState.DRAINING);
    Until.isTrue(
        "the offer is back", () -> first.read(offer.task().taskId()).state() == TaskState.QUEUED);
    worker.credit(1);
    worker.complete(run.lease(), "{}");
    assertThat(worker.offers.poll(2, TimeUnit.SECONDS)).isNull();
    worker.session.finish().toCompletableFuture().join();
    assertThat(worker(worker).state()).isEqualTo(WorkerState.STOPPED);
  }
}
