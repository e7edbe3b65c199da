package io.tasklane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.tasklane.client.TasklaneClient;
import io.tasklane.client.worker.Handler;
import io.tasklane.client.worker.StopReason;
import io.tasklane.client.worker.TaskException;
import io.tasklane.conformance.Conformance.Check;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What a worker does with the tasks that it is offered. */
final class WorkerChecks {
  private final Caller caller;

  WorkerChecks(Caller caller) {
    this.caller = caller;
  }

  Map<String, Check> all() {
    return Map.of(
        "worker.result", this::result,
        "worker.large", this::large,
        "worker.invalid", this::invalid,
        "worker.failure", this::failure,
        "worker.unexpected", this::unexpected,
        "worker.slots", this::slots,
        "worker.computing", this::computing,
        "worker.cut", this::cut,
        "worker.cut.end", this::cutEnd,
        "worker.lost", this::lost);
  }

  private void result(TasklaneClient client) {
    Handler twice =
        (input, run) -> Map.of("twice", input.getAsJsonObject().get("n").getAsInt() * 2);
    try (Working working = Working.start(caller, twice)) {
      JsonObject result = working.run(client, caller, Map.of("n", 21), JsonObject.class);
      assertThat(result.get("twice").getAsInt()).isEqualTo(42);
    }
  }

  private void large(TasklaneClient client) {
    String large = "x".repeat(300_000);
    try (Working working = Working.start(caller, (input, run) -> large)) {
      assertThat(working.run(client, caller, Working.none(), String.class)).isEqualTo(large);
    }
  }

  private void invalid(TasklaneClient client) {
    Handler nan = (input, run) -> Map.of("price", Double.NaN);
    try (Working working = Working.start(caller, nan)) {
      Task task = client.await(working.create(client, caller, Working.none()));
      assertThat(task.getFailure().getCode()).isEqualTo("RESULT_INVALID");
      assertThat(task.getAttempt()).isEqualTo(1);
    }
  }

  private void failure(TasklaneClient client) {
    Handler handler =
        (input, run) -> {
          throw TaskException.permanent("NO_SUCH_SYMBOL", "no AAPL");
        };
    try (Working working = Working.start(caller, handler)) {
      Task task = client.await(working.create(client, caller, Working.none()));
      assertThat(task.getState()).isEqualTo(State.STATE_FAILED);
      assertThat(task.getAttempt()).isEqualTo(1);
      assertThat(task.getFailure().getCode()).isEqualTo("NO_SUCH_SYMBOL");
      assertThat(task.getFailure().getMessage()).isEqualTo("no AAPL");
    }
  }

  private void unexpected(TasklaneClient client) {
    Handler handler =
        (input, run) -> {
          if (run.task().getAttempt() < 3 || input.getAsJsonObject().has("always")) {
            throw new IllegalStateException("AAPL");
          }
          return run.task().getAttempt();
        };
    try (Working working = Working.start(caller, handler)) {
      assertThat(working.run(client, caller, Working.none(), Integer.class)).isEqualTo(3);
      Task task = client.await(working.create(client, caller, Map.of("always", true)));
      assertThat(task.getFailure().getCode()).isEqualTo("UNEXPECTED");
      assertThat(task.getFailure().getMessage()).contains("IllegalStateException: AAPL");
      assertThat(task.getFailure().getStackTrace()).contains("WorkerChecks.java");
    }
  }

  private void slots(TasklaneClient client) {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Handler handler =
        (input, run) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          Thread.sleep(200);
          return now.decrementAndGet();
        };
    try (Working working = Working.start(caller, 4, handler)) {
      Task.Builder task = Working.task(client, caller, working.type(), Working.none());
      client.createAll(Collections.nCopies(20, task)).forEach(one -> client.await(one.name()));
    }
    assertThat(most).hasValue(4);
  }

  private void computing(TasklaneClient client) {
    Handler handler =
        (input, run) -> {
          double seconds = input.getAsJsonObject().get("seconds").getAsDouble();
          long end = System.nanoTime() + (long) (seconds * 1e9);
          double sum = 0;
          while (System.nanoTime() < end && !run.cancelled()) {
            sum += Math.sqrt(end);
          }
          return sum > 0 && run.cancelled();
        };
    try (Working working = Working.start(caller, handler)) {
      Map<String, Double> long1 = Map.of("seconds", 3 * Working.LEASE);
      String name = working.create(client, caller, long1);
      assertThat(client.result(name, Boolean.class)).isFalse();
      assertUndisturbed(client.get(name));
      String cancelled = working.create(client, caller, Map.of("seconds", 60));
      Working.untilRunning(client, cancelled);
      client.cancel(cancelled, "");
      assertThat(client.result(cancelled, Boolean.class)).isTrue();
    }
  }

  private static void assertUndisturbed(Task task) {
    assertThat(task.getAttempt()).isEqualTo(1);
    assertThat(task.getLostCount()).isZero();
  }

  private void cut(TasklaneClient client) {
    List<Integer> starts = new CopyOnWriteArrayList<>();
    Handler handler =
        (input, run) -> {
          starts.add(run.task().getAttempt());
          Thread.sleep(1000);
          return starts.size();
        };
    try (Working working = Working.start(caller, handler)) {
      String name = working.create(client, caller, Working.none());
      Working.until(() -> !starts.isEmpty());
      caller.cut();
      assertThat(client.result(name, Integer.class)).isEqualTo(1);
      assertUndisturbed(client.get(name));
      assertThat(starts).containsExactly(1);
    }
  }

  private void cutEnd(TasklaneClient client) {
    Handler handler =
        (input, run) -> {
          Thread.sleep(20);
          return input.getAsJsonObject().get("n").getAsInt();
        };
    try (Working working = Working.start(caller, 4, handler)) {
      List<Task.Builder> tasks =
          IntStream.range(0, 100)
              .mapToObj(n -> Working.task(client, caller, working.type(), Map.of("n", n)))
              .toList();
      var created = client.createAll(tasks);
      for (int cuts = 0; cuts < 6; cuts++) {
        caller.cut();
        Caller.pause(100);
      }
      for (int n = 0; n < 100; n++) {
        Task task = client.await(created.get(n).name(), Duration.ofSeconds(30));
        assertThat(client.payloads().value(task.getResult(), Integer.class)).isEqualTo(n);
        assertThat(task.getAttempt()).isEqualTo(1);
      }
    }
  }

  private void lost(TasklaneClient client) {
    List<Optional<StopReason>> stops = new CopyOnWriteArrayList<>();
    AtomicInteger starts = new AtomicInteger();
    Handler handler =
        (input, run) -> {
          if (starts.incrementAndGet() == 1) {
            Working.until(() -> run.stop().isPresent());
            stops.add(run.stop());
            run.check();
          }
          return stops.toString();
        };
    try (Working working = Working.start(caller, handler)) {
      String name = working.create(client, caller, Working.none());
      Working.until(() -> starts.get() > 0);
      caller.down();
      Caller.pause((long) (1000 * Working.LEASE) + 2000);
      caller.up();
      assertThat(client.result(name, String.class)).contains("LOST");
      assertThat(client.get(name).getAttempt()).isEqualTo(1);
    }
  }
}
