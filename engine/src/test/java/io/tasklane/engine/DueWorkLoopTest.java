package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Outcome;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.fault.Faults;
import io.tasklane.feature.DueWork;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All features' due work is done, in one order, whatever becomes of that before it. */
class DueWorkLoopTest {
  private static final String DUE = "SELECT true";
  private static final String NOT_DUE = "SELECT false";
  private static final int BATCH = 10;

  private final Database database = Postgres.empty();
  private final GroupCommitter committer = new GroupCommitter(database, Thread::new, () -> {});
  private final DueWorkLoop loop = new DueWorkLoop(database, committer, Thread::new, Faults.here());
  private final List<String> done = new ArrayList<>();

  @AfterEach
  void close() {
    loop.close();
    committer.close();
  }

  @Test
  void work_whose_probe_fails_does_not_keep_the_next_from_being_done() {
    loop.register(List.of(work("a", "SELECT nonsense", 0), work("b", DUE, 0)));
    loop.tick();
    assertThat(done).containsExactly("b");
  }

  @Test
  void work_whose_command_fails_does_not_keep_the_next_from_being_done() {
    loop.register(List.of(new DueWork("a", DUE, new Failing()), work("b", DUE, 0)));
    loop.tick();
    assertThat(done).containsExactly("b");
    loop.tick();
    assertThat(done).as("the next tick tries again").containsExactly("b", "b");
  }

  @Test
  void work_is_done_in_the_order_in_which_it_was_registered() {
    loop.register(List.of(work("b", DUE, 0), work("a", DUE, 0)));
    loop.register(List.of(work("c", DUE, 0)));
    loop.tick();
    assertThat(done).containsExactly("b", "a", "c");
  }

  @Test
  void what_is_not_due_costs_no_command() {
    loop.register(List.of(work("a", NOT_DUE, 0)));
    loop.tick();
    assertThat(done).isEmpty();
  }

  @Test
  void a_full_batch_is_followed_by_another_and_one_that_is_not_full_is_not() {
    loop.register(List.of(work("a", DUE, BATCH, BATCH, BATCH - 1, 0)));
    loop.tick();
    assertThat(done).hasSize(3);
  }

  @Test
  void steps_go_on_until_one_finds_nothing() {
    Counted steps = new Counted("a", 3, 1, 0, 1);
    loop.register(List.of(DueWork.inSteps("a", DUE, steps)));
    loop.tick();
    assertThat(done).hasSize(3);
  }

  private DueWork work(String name, String probe, int... results) {
    return new DueWork(name, probe, new Counted(name, results), BATCH, BATCH);
  }

  /** Returns one result after the other. */
  private final class Counted implements CommandKind<Integer, Integer> {
    private final String name;
    private final int[] results;
    private int calls;

    Counted(String name, int... results) {
      this.name = name;
      this.results = results;
    }

    @Override
    public CommandOrder order() {
      return CommandOrder.RELEASE_DUE;
    }

    @Override
    public List<Outcome<Integer>> execute(Batch batch, List<Integer> limits) {
      done.add(name);
      return List.of(Outcome.done(results[calls++ % results.length]));
    }
  }

  private static final class Failing implements CommandKind<Integer, Integer> {
    @Override
    public CommandOrder order() {
      return CommandOrder.EXPIRE_TASKS;
    }

    @Override
    public List<Outcome<Integer>> execute(Batch batch, List<Integer> limits) {
      throw new IllegalStateException("this work is broken");
    }
  }
}
