package io.tasklane.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What throws after a commit changes nothing: its callers are answered, and the next commits. */
@Timeout(60)
class AfterCommitTest {
  private final AtomicBoolean breaks = new AtomicBoolean();
  private final List<String> told = new ArrayList<>();

  private void told(String what) {
    if (breaks.get()) {
      throw new StackOverflowError("injected");
    }
    told.add(what);
  }

  /** Tells of its own commit. */
  private final class Telling implements CommandKind<String, String> {
    @Override
    public CommandOrder order() {
      return CommandOrder.ENSURE_QUEUES;
    }

    @Override
    public List<Outcome<String>> execute(Batch batch, List<String> commands) {
      batch.afterCommit(() -> told("first"));
      batch.afterCommit(() -> told.add("second"));
      return commands.stream().map(Outcome::done).toList();
    }
  }

  @Test
  void whoever_is_told_of_a_commit_may_throw() throws Exception {
    try (GroupCommitter committer =
        new GroupCommitter(Postgres.empty(), Thread::new, () -> told("node"))) {
      breaks.set(true);
      assertThat(committer.submit(new Telling(), "a").get(30, TimeUnit.SECONDS)).isEqualTo("a");
      assertThat(told).as("the others are told").containsExactly("second");
      breaks.set(false);
      assertThat(committer.submit(new Telling(), "b").get(30, TimeUnit.SECONDS)).isEqualTo("b");
      assertThat(told).containsExactly("second", "first", "second", "node");
      assertThat(committer.isAlive()).isTrue();
    }
  }
}
