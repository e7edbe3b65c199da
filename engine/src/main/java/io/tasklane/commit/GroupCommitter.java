package io.tasklane.commit;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.database.Database;
import io.tasklane.fault.FatalErrors;
import io.tasklane.monitor.Buckets;
import io.tasklane.monitor.Distribution;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one writer of a node. Commands that are ready together go to PostgreSQL in one transaction;
 * each caller is answered when that is durable.
 *
 * <p>A thread that submits a command while nobody leads leads the commit itself, which saves two
 * wake-ups; commands that arrive meanwhile are left to the committer's thread. There is no
 * artificial delay: a batch is what arrived during the previous commit.
 */
public final class GroupCommitter implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(GroupCommitter.class.getName());
  private static final int MAX_BATCH = 512;
  private static final long PAUSE_AFTER_CONFLICT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ConcurrentLinkedDeque<PendingCommand<?, ?>> waiting = new ConcurrentLinkedDeque<>();
  private final AtomicBoolean led = new AtomicBoolean();
  private final Transactions transactions;
  private final Runnable afterCommit;
  private final Buckets sizes = new Buckets(1, 2, 4, 8, 16, 32, 64, 128, 256, MAX_BATCH);
  private final Thread thread;
  private volatile boolean handedOver;
  private volatile Throwable fatal;
  private volatile boolean closed;

  /**
   * Starts a writer.
   *
   * @param database where it writes
   * @param threads creates its thread
   * @param afterCommit called after every commit, must not block
   */
  public GroupCommitter(Database database, ThreadFactory threads, Runnable afterCommit) {
    this.transactions = new Transactions(database);
    this.afterCommit = afterCommit;
    this.thread = threads.newThread(this::leadWhenHandedOver);
    this.thread.setName("tasklane-committer");
    this.thread.start();
  }

  /** The commits since the start, by the number of commands in each. */
  public Distribution commits() {
    return sizes.distribution();
  }

  /** Whether its thread still works. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  /**
   * Submits a command; the future completes when it is durable, or fails with a {@code Refusal}.
   */
  public <C, R> CompletableFuture<R> submit(CommandKind<C, R> kind, C command) {
    return enter(new PendingCommand<>(kind, command, Optional.empty()))
        .thenApply(answer -> ((Answer.Fresh<R>) answer).value());
  }

  /** Submits a client's command, whose answer is kept if it carries a request id. */
  public <C, R> CompletableFuture<Answer<R>> submit(
      CommandKind<C, R> kind, C command, Change<R> change) {
    return enter(new PendingCommand<>(kind, command, Optional.of(change)));
  }

  /**
   * Submits one of many commands, and never leads: the writer's thread commits what has arrived
   * while the caller submits more.
   */
  public <C, R> CompletableFuture<Answer<R>> handIn(
      CommandKind<C, R> kind, C command, Change<R> change) {
    return handIn(new PendingCommand<>(kind, command, Optional.of(change)));
  }

  private <C, R> CompletableFuture<Answer<R>> handIn(PendingCommand<C, R> pending) {
    if (isTaken(pending) && led.compareAndSet(false, true)) {
      wakeWriter();
    }
    if (closed) {
      refuseWaiting(); // the writer may have ended before it saw this one
    }
    return pending.reply;
  }

  /** The same for a command of the node itself. */
  public <C, R> CompletableFuture<R> handIn(CommandKind<C, R> kind, C command) {
    return handIn(new PendingCommand<>(kind, command, Optional.empty()))
        .thenApply(answer -> ((Answer.Fresh<R>) answer).value());
  }

  private boolean isTaken(PendingCommand<?, ?> pending) {
    if (closed) {
      pending.refuse(SqlErrors.unavailable("this node is stopping"));
      pending.answerCaller();
      return false;
    }
    waiting.add(pending);
    return true;
  }

  private <C, R> CompletableFuture<Answer<R>> enter(PendingCommand<C, R> pending) {
    if (isTaken(pending) && led.compareAndSet(false, true)) {
      try {
        commitNextBatch();
      } finally {
        releaseOrHandOver();
      }
    }
    return pending.reply;
  }

  private void releaseOrHandOver() {
    if (waiting.isEmpty()) {
      led.set(false);
      if (waiting.isEmpty() || !led.compareAndSet(false, true)) {
        return; // nothing arrived in between, or whoever submitted it leads
      }
    }
    wakeWriter();
  }

  private void wakeWriter() {
    handedOver = true;
    LockSupport.unpark(thread);
  }

  private void leadWhenHandedOver() {
    while (!closed) {
      if (fatal != null) {
        FatalErrors.passOn(fatal); // met by whoever led; the threads of callers do not end a node
      }
      if (!handedOver) {
        LockSupport.park(this);
        continue;
      }
      handedOver = false;
      while (!waiting.isEmpty()) {
        commitNextBatch();
      }
      releaseOrHandOver();
    }
  }

  private void commitNextBatch() {
    List<PendingCommand<?, ?>> batch = new ArrayList<>();
    PendingCommand<?, ?> next;
    while (batch.size() < MAX_BATCH && (next = waiting.poll()) != null) {
      batch.add(next);
    }
    if (!batch.isEmpty()) {
      commit(batch);
    }
  }

  /** Commits a batch; after a failure in halves, until the command at fault fails alone. */
  private void commit(List<PendingCommand<?, ?>> batch) {
    Deque<List<PendingCommand<?, ?>>> parts = new ArrayDeque<>();
    parts.push(batch);
    while (!parts.isEmpty()) {
      List<PendingCommand<?, ?>> part = parts.pop();
      try {
        transactions.run(part);
      } catch (SQLException | RuntimeException | Error spoiled) {
        noteFatal(spoiled);
        if (part.size() == 1 || SqlErrors.isUnavailable(spoiled)) {
          part.forEach(e -> e.reply.completeExceptionally(SqlErrors.explain(spoiled)));
        } else {
          parts.push(part.subList(part.size() / 2, part.size()));
          parts.push(part.subList(0, part.size() / 2));
        }
        continue;
      }
      answer(part); // not within the try: what is durable must not be written again
    }
  }

  private void noteFatal(Throwable thrown) {
    if (FatalErrors.isFatal(thrown)) {
      fatal = thrown;
      LockSupport.unpark(thread);
    }
  }

  private void answer(List<PendingCommand<?, ?>> part) {
    List<PendingCommand<?, ?>> again = part.stream().filter(e -> !e.isDecided()).toList();
    if (again.size() < part.size()) {
      sizes.add(part.size() - again.size());
      afterCommit();
    } else {
      LockSupport.parkNanos(PAUSE_AFTER_CONFLICT_NANOS);
    }
    for (int i = again.size() - 1; i >= 0; i--) {
      waiting.addFirst(again.get(i));
    }
    part.stream().filter(PendingCommand::isDecided).forEach(PendingCommand::answerCaller);
  }

  /** What is durable is answered, whatever those say who are told of it. */
  private void afterCommit() {
    try {
      afterCommit.run();
    } catch (RuntimeException | Error fault) {
      noteFatal(fault);
      LOG.log(Level.WARNING, "after a commit; its callers are answered", fault);
    }
  }

  /** Accepts nothing more, ends the writer's thread, and refuses what still waits. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    refuseWaiting();
    transactions.close();
  }

  private void refuseWaiting() {
    PendingCommand<?, ?> left;
    while ((left = waiting.poll()) != null) {
      left.reply.completeExceptionally(SqlErrors.unavailable("this node is stopping"));
    }
  }
}
