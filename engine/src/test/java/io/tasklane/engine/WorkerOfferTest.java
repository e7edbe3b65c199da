package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.task.TaskType;
import io.tasklane.task.state.TaskState;
import io.tasklane.tasktype.TaskTypeService;
import io.tasklane.time.Until;
import io.tasklane.worker.Hello;
import io.tasklane.worker.WorkerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whom tasks are offered to, and what becomes of offers. */
class WorkerOfferTest extends OneNodeOfWorkers {
  @Test
  void two_workers_with_different_definitions_of_one_type_need_different_revisions() {
    TestWorker.at(node, hello("{}", 2));
    assertThat(reason(() -> TestWorker.at(node, hello("true", 2)))).isEqualTo("TASK_TYPE_DIFFERS");
    TestWorker.at(node, hello("true", 3));
    TestWorker.at(node, hello("{}", 2)); // an older one serves the newer definition
    TaskTypeService types = node.engine.services().get(TaskTypeService.class);
    assertThat(types.get("typed").type().inputSchema()).isEqualTo("true");
    assertThat(reason(() -> TestWorker.at(node, hello("7", 9)))).isEqualTo("INPUT_SCHEMA");
  }

  @Test
  void a_type_knows_the_workers_that_serve_it_and_is_not_deleted_meanwhile() {
    TestWorker worker = worker();
    TaskTypeService types = node.engine.services().get(TaskTypeService.class);
    assertThat(types.get(TestWorker.TYPE).workers()).isEqualTo(1);
    assertThat(types.get(TestWorker.TYPE).lastSeen()).isPresent();
    assertThatThrownBy(
            () -> types.delete(TestWorker.TYPE, EngineBench.change()).toCompletableFuture().join())
        .hasMessageContaining(worker.session.worker() + " serves it");
    worker.session.finish().toCompletableFuture().join();
    types.delete(TestWorker.TYPE, EngineBench.change()).toCompletableFuture().join();
  }

  @Test
  void a_rejected_task_is_offered_to_another_worker_at_once() throws Exception {
    TestWorker first = worker();
    node.create(request("a"));
    TestWorker.Offered offer = first.offered();
    TestWorker second = worker();
    first.say(new WorkerMessage.Reject(offer.lease()));
    TestWorker.Offered again = second.running();
    assertThat(again.task().taskId()).isEqualTo("a");
    assertThat(node.read("a").attempt()).isEqualTo(1);
    second.complete(again.lease(), "{}");
  }

  @Test
  void an_offer_that_nobody_answers_is_made_again_within_six_seconds() throws Exception {
    TestWorker silent = worker();
    node.create(request("a"));
    TestWorker.Offered dropped = silent.offered();
    long begin = System.nanoTime();
    TestWorker other = worker();
    TestWorker.Offered again = other.offered();
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(4000), Duration.ofMillis(6500));
    assertThat(again.task().taskId()).isEqualTo("a");
    assertThat(again.task().fencingToken().value())
        .isGreaterThan(dropped.task().fencingToken().value());
    assertThat(reason(() -> silent.say(new WorkerMessage.Accept(dropped.lease()))))
        .isEqualTo("STALE_LEASE");
    other.say(new WorkerMessage.Accept(again.lease()));
    assertThat(node.read("a").attempt()).isEqualTo(1);
    assertThat(node.read("a").lostCount()).isZero();
  }

  @Test
  void tasks_of_a_sequential_queue_run_one_after_another_whoever_executes_them() throws Exception {
    TestWorker one = worker();
    TestWorker two = worker();
    node.create(request("a"), request("b"), EngineBench.request(QUEUE, "mine"), request("c"));
    TestWorker.Offered a = next(one, two);
    Thread.sleep(500);
    assertThat(one.offers.size() + two.offers.size()).isZero();
    assertThat(node.read("mine").state()).isEqualTo(TaskState.QUEUED);
    finish(a, one, two);
    TestWorker.Offered b = next(one, two);
    assertThat(b.task().taskId()).isEqualTo("b");
    assertThat(node.read("mine").state()).isEqualTo(TaskState.QUEUED);
    one.credit(1);
    finish(b, one, two);
    assertThat(next(one, two).task().taskId()).isEqualTo("c");
    assertThat(node.read("mine").state()).isEqualTo(TaskState.SUCCEEDED);
  }

  @Test
  void no_more_is_offered_than_there_are_credits() throws Exception {
    TestWorker worker = worker();
    node.create(request("a"), request("b"));
    worker.complete(worker.running().lease(), "{}");
    assertThat(worker.offers.poll(2, TimeUnit.SECONDS)).as("without a credit").isNull();
    assertThat(node.read("b").state()).isEqualTo(TaskState.QUEUED);
    worker.credit(1);
    worker.complete(worker.running().lease(), "{}");
    node.await("b", TaskState.SUCCEEDED);
  }

  @Test
  void an_offer_is_cancelled_at_once_and_its_accept_refused() throws Exception {
    TestWorker worker = worker();
    node.create(request("a"));
    TestWorker.Offered offer = worker.offered();
    node.cancel("a");
    assertThat(node.read("a").state()).isEqualTo(TaskState.CANCELLED);
    assertThat(worker.lost.poll(10, TimeUnit.SECONDS)).isEqualTo(offer.lease());
    assertThat(reason(() -> worker.say(new WorkerMessage.Accept(offer.lease()))))
        .isEqualTo("STALE_LEASE");
  }

  private static Hello hello(String schema, long revision) {
    TaskType type = TaskType.named("typed").withInputSchema(schema);
    return new Hello(
        Optional.empty(),
        "host",
        "test",
        List.of(),
        1,
        List.of(),
        List.of(new Hello.Type(type, revision)));
  }

  private static TestWorker.Offered next(TestWorker... workers) {
    List<TestWorker.Offered> found = new ArrayList<>();
    Until.isTrue(
        "an offer",
        () -> {
          for (TestWorker worker : workers) {
            worker.offers.drainTo(found);
          }
          return !found.isEmpty();
        });
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static void finish(TestWorker.Offered offer, TestWorker... workers) {
    for (TestWorker worker : workers) {
      try {
        worker.say(new WorkerMessage.Accept(offer.lease()));
        worker.complete(offer.lease(), "{}");
        return;
      } catch (Refusal stale) {
        assertThat(stale.reason().name()).isEqualTo("STALE_LEASE");
      }
    }
    throw new AssertionError("nobody has " + offer.lease());
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
