package io.tasklane.launcher.process;

import io.tasklane.launcher.failure.CannotStart;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Keeps one component running until it is told to stop or the component dies too often. */
public final class Keeper {
  private static final Duration FORCED = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(500);
  private final Component component;
  private final LogFile log;
  private final RunRecord record;
  private final RestartBudget budget;
  private final Consumer<String> say;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<CannotStart> failure = new CompletableFuture<>();
  private final Object turn = new Object();
  private volatile boolean stopping;
  private Child child;

  /**
   * A keeper that has not begun.
   *
   * @param component what to keep running
   * @param log where its output goes
   * @param record where its process is noted
   * @param budget how often it may die
   * @param say hears one sentence for each thing an operator should know
   */
  public Keeper(
      Component component,
      LogFile log,
      RunRecord record,
      RestartBudget budget,
      Consumer<String> say) {
    this.component = component;
    this.log = log;
    this.record = record;
    this.budget = budget;
    this.say = say;
  }

  /** Starts the component and from now on starts it again when it dies. */
  public void begin() {
    Thread thread = new Thread(this::keep, "keep " + component.name());
    thread.setDaemon(true);
    thread.start();
  }

  /** Done when the component was ready for the first time. */
  public CompletableFuture<Void> ready() {
    return ready;
  }

  /** Completes with the reason when the component is given up. */
  public CompletableFuture<CannotStart> failure() {
    return failure;
  }

  /** The component's name. */
  public String name() {
    return component.name();
  }

  /** The component and its log, for a message. */
  @Override
  public String toString() {
    return component.title() + where();
  }

  private void keep() {
    try {
      String ending = live();
      while (!stopping) {
        if (awaitWhatItLacks(ending)) {
          ending = live();
          continue;
        }
        Optional<Duration> rest = budget.next();
        if (rest.isEmpty()) {
          throw new CannotStart(ending + "; it died too often and is given up" + where());
        }
        say.accept(ending + "; starting it again in " + rest.get().toMillis() + " ms" + where());
        Waiting.pause(rest.get());
        ending = live();
      }
    } catch (CannotStart reason) {
      failure.complete(reason);
    } catch (InterruptedException | RuntimeException unexpected) {
      failure.complete(new CannotStart(component.title() + ": " + unexpected));
    }
  }

  /**
   * Waits as long as it lacks something, at no cost to its budget; false where it lacks nothing.
   */
  private boolean awaitWhatItLacks(String ending) {
    Optional<String> lack = component.lacks();
    if (lack.isEmpty()) {
      return false;
    }
    say.accept(ending + "; " + lack.get() + "; starting it again once that is mended" + where());
    while (!stopping && component.lacks().isPresent()) {
      Waiting.pause(LOOK);
    }
    return true;
  }

  private String where() {
    return " (log: " + log.shown() + ")" + log.lastWords();
  }

  /** One life of the process; returns how it ended. */
  private String live() throws CannotStart, InterruptedException {
    try {
      Child started = launch();
      if (started == null) {
        return component.title() + " was told to stop";
      }
      if (awaitReady(started)) {
        ready.complete(null);
      } else if (started.alive() && !stopping) {
        end(started, Duration.ZERO);
        return component.title()
            + " was not ready within "
            + component.patience().toSeconds()
            + " s";
      }
      return component.title() + " ended with exit code " + started.await();
    } catch (IOException notStarted) {
      return component.title() + " could not be started: " + notStarted.getMessage();
    }
  }

  private Child launch() throws CannotStart, IOException {
    ProcessBuilder command = component.command();
    synchronized (turn) {
      if (stopping) {
        return null;
      }
      child = Child.start(command, log);
      Optional<ProcessId> id = ProcessId.of(child.pid());
      if (id.isPresent()) {
        record.write(component.name(), id.get());
      }
      return child;
    }
  }

  private boolean awaitReady(Child started) throws CannotStart {
    long end = System.nanoTime() + component.patience().toNanos();
    Optional<String> phase = Optional.empty();
    while (started.alive() && !stopping && System.nanoTime() - end < 0) {
      if (isReady(started)) {
        return true;
      }
      Optional<String> now = component.phase();
      if (now.isPresent() && !now.equals(phase)) {
        say.accept(component.name() + ": " + now.get());
        phase = now;
      }
      Waiting.pause(Duration.ofMillis(50));
    }
    return false;
  }

  private boolean isReady(Child started) throws CannotStart {
    try {
      return component.ready(started.pid());
    } catch (CannotStart reason) {
      if (ready.isDone()) {
        // It did start once, so this may pass; the budget bounds the tries.
        say.accept(reason.getMessage());
        end(started, Duration.ZERO);
        return false;
      }
      throw new CannotStart(reason.getMessage() + where());
    }
  }

  /** Ends the component for good: in good order within the bound, by force after it. */
  public void stop(Duration bound) throws IOException {
    Child last;
    synchronized (turn) {
      stopping = true;
      last = child;
    }
    if (last != null && last.alive()) {
      end(last, bound);
    }
    record.remove(component.name());
  }

  private void end(Child ending, Duration bound) {
    component.stop(ending.process());
    if (ending.gone(bound)) {
      return;
    }
    if (!bound.isZero()) {
      say.accept(
          component.title() + " did not end within " + bound.toMillis() + " ms; ending it hard");
    }
    component.force(ending.process());
    if (!ending.gone(FORCED)) {
      ending.process().destroyForcibly();
    }
  }
}
