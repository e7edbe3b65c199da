package io.tasklane.commit;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A command that holds its batch open, so that a test knows what meets in one transaction. */
public final class Gate implements CommandKind<String, Boolean> {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  /** Hands in these commands so that they meet in one batch, and waits for nothing more. */
  public static void oneBatch(GroupCommitter committer, Runnable submits) {
    Gate gate = new Gate();
    gate.close(committer);
    submits.run();
    gate.open();
  }

  /** Holds a batch of this committer; returns as soon as its transaction has begun. */
  public void close(GroupCommitter committer) {
    CompletableFuture.runAsync(() -> committer.submit(this, "hold"));
    awaitEntered();
  }

  /** Waits until the transaction it holds has begun. */
  public void awaitEntered() {
    await(entered);
  }

  /** Lets the batch go on. */
  public void open() {
    opened.countDown();
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.ENSURE_QUEUES;
  }

  @Override
  public List<Outcome<Boolean>> execute(Batch batch, List<String> commands) throws SQLException {
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
