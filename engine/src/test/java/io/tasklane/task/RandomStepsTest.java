package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.step.StepState;
import io.tasklane.step.TaskStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Random programs of steps, whose nodes die between and inside of them: no body whose result was
 * acknowledged runs again, and each run gets the results of the first. A failure says the seed.
 */
class RandomStepsTest {
  private static final int PROGRAMS = Integer.getInteger("tasklane.programs", 25);
  private static final long SEED = Long.getLong("tasklane.seed", System.nanoTime());
  private static final RetryPolicy FIVE =
      new RetryPolicy(5, Duration.ZERO, 1, Duration.ZERO, 0, List.of());

  private final StepBench bench = new StepBench();
  private final Random random = new Random(SEED);

  /** Where a run dies. */
  private enum Death {
    /** Inside of a body. */
    INSIDE,
    /** After a step, before the next. */
    AFTER,
    /** The run goes on to its end. */
    NEVER
  }

  /**
   * One step of a program.
   *
   * @param name of it
   * @param sleeps whether it is a sleep
   * @param failures how often its body fails before it returns
   */
  private record Part(String name, boolean sleeps, int failures) {}

  /** What has happened to one program over all its runs. */
  private static final class Story {
    final Map<String, Integer> failed = new HashMap<>();
    final Map<String, String> acknowledged = new LinkedHashMap<>();
    int bodies;
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void no_acknowledged_body_runs_again_and_all_runs_see_the_same_results() throws Exception {
    for (int i = 0; i < PROGRAMS; i++) {
      String name = "t" + i;
      List<Part> program = program();
      Story story = new Story();
      bench.store.create(bench.store.named(name, 5));
      int runs = 0;
      while (!bench.store.read(name).isFinished()) {
        assertThat(++runs).as("seed " + SEED).isLessThan(200);
        live(name, program, story);
      }
      check(name, program, story);
    }
  }

  private List<Part> program() {
    List<Part> parts = new ArrayList<>();
    int length = 1 + random.nextInt(8);
    for (int i = 0; i < length; i++) {
      parts.add(new Part("s" + i, random.nextInt(5) == 0, random.nextInt(3)));
    }
    return parts;
  }

  /** One life of the node: a run, which ends or is killed somewhere. */
  private void live(String name, List<Part> program, Story story) throws Exception {
    bench.makeDue();
    Task task = bench.claim();
    Death death = random.nextInt(4) == 0 ? Death.NEVER : Death.values()[random.nextInt(2)];
    int where = random.nextInt(program.size());
    if (death == Death.NEVER) {
      RunEnd end = bench.run(task, run -> run(run, program, story, death, where, null)).end();
      bench.complete(task, end);
      Postgres.run(bench.store.database, "UPDATE task_step SET due = now() WHERE state = 1");
      return;
    }
    CountDownLatch dies = new CountDownLatch(1);
    var zombie = bench.start(task, run -> run(run, program, story, death, where, dies));
    // it may end before it comes to the place where it would die
    zombie.thenRun(dies::countDown);
    dies.await();
    if (zombie.isDone()) {
      bench.complete(task, zombie.get().end());
      Postgres.run(bench.store.database, "UPDATE task_step SET due = now() WHERE state = 1");
    } else {
      bench.die();
    }
  }

  private Payload run(
      Run run, List<Part> program, Story story, Death death, int where, CountDownLatch dies)
      throws Exception {
    for (int i = 0; i < program.size(); i++) {
      Part part = program.get(i);
      boolean here = i == where;
      if (part.sleeps()) {
        run.sleep(part.name(), Duration.ofMinutes(1));
      } else {
        Payload result = run.step(part.name(), FIVE, () -> body(part, story, death, here, dies));
        String text = result.text();
        String first = story.acknowledged.putIfAbsent(part.name(), text);
        assertThat(text).as("seed " + SEED).isEqualTo(first == null ? text : first);
      }
      if (here && death == Death.AFTER) {
        die(dies);
      }
    }
    return Payload.json("{}");
  }

  private Payload body(Part part, Story story, Death death, boolean here, CountDownLatch dies)
      throws Exception {
    assertThat(story.acknowledged).as("runs again, seed " + SEED).doesNotContainKey(part.name());
    story.bodies++;
    if (here && death == Death.INSIDE) {
      die(dies);
    }
    if (story.failed.merge(part.name(), 1, Integer::sum) <= part.failures()) {
      throw new IllegalStateException("fails");
    }
    return Payload.json("\"" + part.name() + " " + story.bodies + "\"");
  }

  /** A thread whose node is dead does nothing more. */
  private static void die(CountDownLatch dies) throws InterruptedException {
    dies.countDown();
    new CountDownLatch(1).await();
  }

  private void check(String name, List<Part> program, Story story) {
    assertThat(bench.store.read(name).state().name()).as("seed " + SEED).isEqualTo("SUCCEEDED");
    Set<String> bodies =
        program.stream().filter(part -> !part.sleeps()).map(Part::name).collect(Collectors.toSet());
    assertThat(story.acknowledged.keySet()).as("seed " + SEED).isEqualTo(bodies);
    for (TaskStep step : bench.steps.list(name)) {
      assertThat(step.state()).as("seed " + SEED).isEqualTo(StepState.SUCCEEDED);
      if (bodies.contains(step.name())) {
        assertThat(
                bench.steps.result(name, step.name()).orElseThrow().payload().orElseThrow().text())
            .isEqualTo(story.acknowledged.get(step.name()));
      }
    }
    assertThat(bench.steps.list(name)).hasSize(program.size());
  }
}
