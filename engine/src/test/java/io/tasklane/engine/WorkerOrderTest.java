package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import io.tasklane.worker.WorkerMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three workers at one sequential queue accept, reject, release, break off and come back as it
 * happens: no two tasks have a lease at once, and the tasks end in the order of their creation.
 */
class WorkerOrderTest {
  private static final String QUEUE = "Q";
  private static final int TASKS = 30;

  @TempDir Path folder;

  @Test
  void offers_that_come_back_and_runs_that_are_given_back_keep_the_order() {
    long seed = Long.getLong("rules.seed", new Random().nextLong());
    Random random = new Random(seed);
    Database database = Postgres.empty();
    try (EngineBench node =
        new EngineBench(
            database,
            folder,
            run -> Payload.json("{}"),
            EngineBench.queue(QUEUE, QueuePolicy.STANDARD))) {
      List<TestWorker> workers =
          new ArrayList<>(IntStream.range(0, 3).mapToObj(i -> TestWorker.at(node, 2)).toList());
      node.create(
          IntStream.range(0, TASKS)
              .mapToObj(
                  i ->
                      TaskRequest.of(QUEUE, TestWorker.TYPE, Payload.json("{}"))
                          .withTaskId("t" + i))
              .toArray(TaskRequest[]::new));
      List<String> ended = new ArrayList<>();
      while (ended.size() < TASKS) {
        workers.forEach(worker -> worker.credit(2));
        int at = waiting(workers);
        TestWorker worker = workers.get(at);
        TestWorker.Offered offer = worker.offers.remove();
        assertThat(leases(database)).as("seed %d", seed).isEqualTo(1);
        switch (random.nextInt(5)) {
          case 0 -> worker.say(new WorkerMessage.Reject(offer.lease()));
          case 1 -> {
            worker.say(new WorkerMessage.Accept(offer.lease()));
            worker.say(new WorkerMessage.Release(offer.lease(), Optional.empty(), "", 0));
          }
          case 2 -> {
            worker.say(new WorkerMessage.Accept(offer.lease()));
            worker.session.broken();
            workers.set(at, worker.again(node, 2, offer.lease()));
            workers.get(at).complete(offer.lease(), "{}");
            ended.add(offer.task().taskId());
          }
          default -> {
            worker.say(new WorkerMessage.Accept(offer.lease()));
            worker.complete(offer.lease(), "{}");
            ended.add(offer.task().taskId());
          }
        }
      }
      assertThat(ended)
          .as("seed %d", seed)
          .containsExactlyElementsOf(IntStream.range(0, TASKS).mapToObj(i -> "t" + i).toList());
      for (String taskId : ended) {
        Task task = node.read(taskId);
        assertThat(task.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(task.attempt()).as("of " + taskId + ", seed " + seed).isEqualTo(1);
        assertThat(task.lostCount()).isZero();
      }
    }
  }

  private static int waiting(List<TestWorker> workers) {
    Until.isTrue("an offer", () -> find(workers) >= 0);
    return find(workers);
  }

  private static int find(List<TestWorker> workers) {
    return IntStream.range(0, workers.size())
        .filter(i -> !workers.get(i).offers.isEmpty())
        .findFirst()
        .orElse(-1);
  }

  private static long leases(Database database) {
    return Postgres.number(database, "SELECT count(*) FROM task_lease");
  }
}
