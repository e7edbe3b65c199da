package io.tasklane.commit;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds a batch open after everything else in it was done: its rows are written and locked, and
 * nobody sees them yet.
 */
public final class LateGate implements CommandKind<String, Boolean> {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  /** Hands in this command so that its transaction stays open, and returns when it has written. */
  public static LateGate hold(GroupCommitter committer, Runnable submit) {
    LateGate late = new LateGate();
    Gate.oneBatch(
        committer,
        () -> {
          submit.run();
          committer.submit(late, "hold");
        });
    await(late.entered);
    return late;
  }

  /** Lets it commit. */
  public void open() {
    opened.countDown();
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.DISCARD_DEAD_LETTERS;
  }

  @Override
  public List<Outcome<Boolean>> execute(Batch batch, List<String> commands) {
    entered.countDown();
    await(opened);
    return commands.stream().map(c -> Outcome.done(true)).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the gate was not reached or opened within 30 s");
      }
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }
}
