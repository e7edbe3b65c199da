package io.tasklane.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tasklane.client.TasklaneClient;
import io.tasklane.client.TasklaneException;
import io.tasklane.client.worker.Run;
import io.tasklane.client.worker.WorkerBuilder;
import io.tasklane.conformance.Conformance.Check;
import io.tasklane.v1.Task.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Workers in processes of their own, which are told to stop. */
final class SignalChecks {
  private final Caller caller;

  SignalChecks(Caller caller) {
    this.caller = caller;
  }

  Map<String, Check> all() {
    return Map.of(
        "worker.drain", client -> served(client, 30, this::drain),
        "worker.release", client -> served(client, 0.3, this::release),
        "worker.interrupt", client -> served(client, 30, this::interrupt));
  }

  /** The worker that the checks start. */
  static void serve(String address, String type, double drainSeconds) {
    WorkerBuilder.of(address)
        .drainTime(Duration.ofMillis((long) (drainSeconds * 1000)))
        .handler(type, SignalChecks::handle)
        .build()
        .run();
  }

  private static Object handle(JsonElement input, Run run) {
    if (run.saved(JsonObject.class).isEmpty()) {
      run.checkpoint(Map.of("reached", 1));
      double seconds = input.getAsJsonObject().get("seconds").getAsDouble();
      for (int i = 0; i < seconds * 50; i++) {
        run.pause(Duration.ofMillis(20));
      }
    }
    String saved = String.valueOf(run.saved(JsonObject.class).orElse(null));
    return saved + " " + run.task().getAttempt();
  }

  private interface Use {
    void of(TasklaneClient client, Process worker, String type) throws Exception;
  }

  private void served(TasklaneClient client, double drainSeconds, Use use) throws Exception {
    String type = "conformance.java.signals";
    Process worker = process(type, drainSeconds);
    try {
      Working.until(() -> isRegistered(client, type));
      use.of(client, worker, type);
    } finally {
      worker.destroyForcibly().waitFor();
    }
  }

  private boolean isRegistered(TasklaneClient client, String type) {
    try {
      var later = Working.task(client, caller, type, Working.none());
      later.getRunAfterTimeBuilder().setSeconds(7_226_582_400L);
      client.cancel(client.create(later).name(), "");
      return true;
    } catch (TasklaneException e) {
      assertThat(e.reason()).isEqualTo("TASK_TYPE_UNKNOWN");
      return false;
    }
  }

  private Process process(String type, double drainSeconds) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    List<String> words = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classes));
    words.addAll(List.of(Conformance.class.getName(), "-", caller.address()));
    words.addAll(List.of("--worker", type, String.valueOf(drainSeconds)));
    return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private String running(TasklaneClient client, String type, double seconds) {
    String name = Working.create(client, caller, type, Map.of("seconds", seconds));
    Working.untilRunning(client, name);
    Caller.pause(300);
    return name;
  }

  private static int exit(Process worker, int seconds) throws InterruptedException {
    assertThat(worker.waitFor(seconds, TimeUnit.SECONDS)).as("it has ended").isTrue();
    return worker.exitValue();
  }

  private void drain(TasklaneClient client, Process worker, String type) throws Exception {
    String first = running(client, type, 1);
    String second = Working.create(client, caller, type, Map.of("seconds", 0));
    worker.destroy();
    assertThat(exit(worker, 15)).isZero();
    assertThat(client.await(first, Duration.ofSeconds(5)).getAttempt()).isEqualTo(1);
    assertThat(client.get(second).hasStartTime()).isFalse();
    client.cancel(second, "");
  }

  private void release(TasklaneClient client, Process worker, String type) throws Exception {
    String name = running(client, type, 60);
    worker.destroy();
    assertThat(exit(worker, 15)).isZero();
    assertThat(client.get(name).getState()).isEqualTo(State.STATE_QUEUED);
    Process again = process(type, 30);
    try {
      assertThat(client.result(name, String.class)).isEqualTo("{\"reached\":1} 1");
    } finally {
      again.destroyForcibly();
    }
  }

  private void interrupt(TasklaneClient client, Process worker, String type) throws Exception {
    String name = running(client, type, 60);
    worker.destroy();
    Caller.pause(500);
    worker.destroy();
    assertThat(exit(worker, 5)).isNotZero();
    client.cancel(name, "");
  }
}
