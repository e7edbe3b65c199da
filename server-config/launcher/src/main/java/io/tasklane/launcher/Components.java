package io.tasklane.launcher;

import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.process.Component;
import io.tasklane.launcher.process.Keeper;
import io.tasklane.launcher.process.LogFile;
import io.tasklane.launcher.process.LogWatch;
import io.tasklane.launcher.process.RestartBudget;
import io.tasklane.launcher.process.RunRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** All components of a server under their keepers, in the order they depend on each other. */
final class Components {
  // Beside the handlers' grace. With its usual 3 s all ends under 10 s with force; what an early
  // component leaves unused goes to those after it.
  private static final Duration STOP_BOUND = Duration.ofMillis(5_500);
  private static final Duration LEFT_FOR_LATER = Duration.ofMillis(2_000);

  private final List<Keeper> keepers;
  private final List<LogFile> logs;
  private final Duration grace;
  private final Consumer<String> say;

  private Components(
      List<Keeper> keepers, List<LogFile> logs, Duration grace, Consumer<String> say) {
    this.keepers = keepers;
    this.logs = logs;
    this.grace = grace;
    this.say = say;
  }

  static Components of(
      StartOptions options,
      Supplier<RestartBudget> budgets,
      Consumer<String> say,
      List<Component> components)
      throws IOException {
    DataFolder data = options.folder();
    List<Keeper> keepers = new ArrayList<>();
    List<LogFile> logs = new ArrayList<>();
    for (Component component : components) {
      LogFile log =
          new LogFile(
              data.log(component.name()),
              data.logsShown().resolve(component.name() + ".log"),
              options.logs().limits());
      log.rotate();
      logs.add(log);
      RunRecord record = new RunRecord(data.run());
      keepers.add(new Keeper(component, log, record, budgets.get(), say));
    }
    logs.add(
        new LogFile(
            data.log(RunRecord.LAUNCHER),
            data.logsShown().resolve(RunRecord.LAUNCHER + ".log"),
            options.logs().limits()));
    return new Components(keepers, logs, options.grace(), say);
  }

  @Override
  public String toString() {
    return String.join(", ", names());
  }

  // All at once: each waits for what it needs, and the node is the slowest by far.
  void begin() {
    LogWatch.begin(logs, say);
    long start = System.nanoTime();
    for (Keeper keeper : keepers) {
      keeper.ready().thenRun(() -> say.accept(keeper.name() + ": ready after " + since(start)));
      keeper.begin();
    }
  }

  private static String since(long start) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
  }

  List<String> names() {
    return keepers.stream().map(Keeper::name).toList();
  }

  void awaitReady(Duration bound) throws CannotStart {
    CompletableFuture<Void> all = CompletableFuture.allOf(futures(Keeper::ready));
    try {
      CompletableFuture.anyOf(all, anyFailure()).get(bound.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException tooLong) {
      throw new CannotStart("not ready within " + bound.toSeconds() + " s: " + laggards());
    } catch (InterruptedException | ExecutionException unexpected) {
      throw new CannotStart("the start was broken off: " + unexpected);
    }
    if (!all.isDone()) {
      throw awaitFailure();
    }
  }

  private String laggards() {
    return String.join(
        "; ", keepers.stream().filter(k -> !k.ready().isDone()).map(Keeper::toString).toList());
  }

  CannotStart awaitFailure() {
    return (CannotStart) anyFailure().join();
  }

  private CompletableFuture<Object> anyFailure() {
    return CompletableFuture.anyOf(futures(Keeper::failure));
  }

  private CompletableFuture<?>[] futures(Function<Keeper, CompletableFuture<?>> of) {
    return keepers.stream().map(of).toArray(CompletableFuture<?>[]::new);
  }

  void stop() throws IOException {
    long end = System.nanoTime() + STOP_BOUND.plus(grace).toNanos();
    for (int i = keepers.size() - 1; i >= 0; i--) {
      long left = Math.max(0, end - System.nanoTime() - i * LEFT_FOR_LATER.toNanos());
      keepers.get(i).stop(Duration.ofNanos(left));
    }
  }
}
