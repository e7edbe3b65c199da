package io.tasklane.engine;

import static io.tasklane.engine.Lateness.millis;

import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.queue.QueueState;
import io.tasklane.resource.ResourceLimits;
import io.tasklane.resource.ResourceService;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What makes a task ready on one node wakes its queue on another: it does not wait for the look of
 * every second. Of 20 tasks that did, half would start within 250 ms in one series of 70.
 */
@Timeout(240)
class LatenessOfNodesTest {
  private static final int SAMPLES = Math.max(20, Integer.getInteger("tasklane.lateness", 20));
  private static final Lateness LATENESS = new Lateness(50, 250);

  @TempDir private Path folder;
  private TwoNodes nodes;
  private EngineBench first;
  private String here;
  private String there;

  @BeforeEach
  void start() throws Exception {
    nodes = new TwoNodes(folder);
    first = nodes.first;
    nodes.joinWarm();
    here = nodes.owned("n1").get(0);
    there = nodes.owned("n2").get(0);
  }

  @AfterEach
  void close() throws Exception {
    nodes.close();
  }

  @Test
  void a_task_starts_when_what_it_needs_has_ended_on_another_node() throws Exception {
    LATENESS.holds("need met on another node", this::needs);
  }

  private List<Long> needs() {
    List<Long> late = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      String need = nodes.name("need", 30);
      String needs = nodes.name("needs", 0);
      first.create(
          EngineBench.request(here, need),
          EngineBench.request(there, needs)
              .withStart(StartConditions.after(List.of(Dependency.on(need)))));
      late.add(millis(nodes.ended(need), nodes.started(needs)));
    }
    return late;
  }

  @Test
  void a_task_starts_when_a_resource_is_freed_on_another_node() throws Exception {
    first
        .engine
        .services()
        .get(ResourceService.class)
        .create("feed", new ResourceLimits(1, 0, Duration.ZERO), EngineBench.change())
        .toCompletableFuture()
        .join();
    LATENESS.holds("resource freed on another node", this::waits);
  }

  private List<Long> waits() {
    RunRules one = RunRules.holding(Map.of("feed", 1));
    List<Long> late = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      String holds = nodes.name("holds", 0);
      String waits = nodes.name("waits", 0);
      first.create(EngineBench.request(here, holds).withRules(one));
      first.await(holds, TaskState.RUNNING);
      nodes.second().create(EngineBench.request(there, waits).withRules(one));
      Until.isTrue(
          "it is set aside",
          () -> Postgres.number(nodes.database, "SELECT count(*) FROM task_aside") == 1);
      nodes.go.release();
      late.add(millis(nodes.ended(holds), nodes.started(waits)));
    }
    return late;
  }

  @Test
  void a_task_starts_when_its_queue_is_resumed_at_another_node() throws Exception {
    LATENESS.holds("queue resumed at another node", this::resumes);
  }

  private List<Long> resumes() throws InterruptedException {
    List<Long> late = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      String task = nodes.name("paused", 0);
      first.set(there, QueueState.PAUSED);
      first.create(EngineBench.request(there, task));
      Thread.sleep(20L * i); // so that the look comes at any moment
      Instant resumed = Instant.now();
      first.set(there, QueueState.ACTIVE);
      late.add(millis(resumed, nodes.started(task)));
    }
    return late;
  }
}
