package io.tasklane.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.launcher.failure.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeeperTest {
  private static final int RESTARTS = 2; // each one rests twice as long as the last
  private static final Duration BOUND = Duration.ofSeconds(20);
  @TempDir Path folder;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private Keeper keeper;

  private Keeper keep(String script, Duration patience) {
    keeper =
        new Keeper(
            new ShellComponent(script, folder, patience),
            new LogFile(folder.resolve("shell.log")),
            new RunRecord(folder),
            new RestartBudget(Clock.systemUTC(), RESTARTS),
            said::add);
    keeper.begin();
    return keeper;
  }

  @AfterEach
  void stop() throws IOException {
    keeper.stop(Duration.ZERO);
  }

  private ProcessId running() {
    return new RunRecord(folder).read("shell").orElseThrow();
  }

  @Test
  void a_component_that_dies_is_started_again_and_that_is_said() throws Exception {
    keep("touch ready; exec sleep 60", BOUND).ready().get(20, TimeUnit.SECONDS);
    ProcessId first = running();

    first.kill();

    assertThat(Waiting.until(() -> running().alive() && !running().equals(first), BOUND)).isTrue();
    assertThat(said).singleElement().asString().contains("The shell ended with exit code 137");
  }

  @Test
  void what_a_component_does_to_get_ready_is_said_once_for_each_phase() throws Exception {
    keep("echo one > phase; sleep 0.5; echo two > phase; sleep 0.5; touch ready; sleep 60", BOUND)
        .ready()
        .get(20, TimeUnit.SECONDS);

    assertThat(said).containsExactly("shell: one", "shell: two");
  }

  @Test
  void a_component_that_is_told_to_stop_keeps_its_pipe_until_it_has_gone() throws Exception {
    String reader = "exec 3<&0; (cat <&3 >/dev/null; touch closed) & ";
    String end = "trap 'sleep 1; test -e closed && touch hurried; exit 0' TERM; ";
    keep(reader + end + "touch ready; while :; do sleep 0.1; done", BOUND)
        .ready()
        .get(20, TimeUnit.SECONDS);
    keeper.stop(BOUND);
    assertThat(folder.resolve("hurried")).as("its launcher looked gone to it").doesNotExist();
    assertThat(Waiting.until(() -> Files.exists(folder.resolve("closed")), BOUND))
        .as("the pipe is closed when it has gone")
        .isTrue();
  }

  @Test
  void a_component_that_always_dies_is_given_up_with_its_last_words() throws Exception {
    CannotStart reason =
        keep("echo no disk here; exit 3", BOUND).failure().get(60, TimeUnit.SECONDS);

    assertThat(reason).hasMessageContaining("exit code 3").hasMessageContaining("no disk here");
    assertThat(said).hasSize(RESTARTS);
    assertThat(keeper.ready()).isNotDone();
  }

  @Test
  void a_component_that_does_not_get_ready_in_time_is_ended_and_started_again() {
    keep("echo x >> starts; exec sleep 60", Duration.ofMillis(300));

    assertThat(Waiting.until(() -> !said.isEmpty(), BOUND)).isTrue();
    assertThat(said.get(0)).contains("The shell was not ready within");
    assertThat(Waiting.until(() -> starts() >= 2, BOUND)).isTrue();
  }

  @Test
  void a_component_that_died_of_a_full_disk_waits_for_room_without_using_up_its_restarts()
      throws Exception {
    Files.createFile(folder.resolve("full"));
    keep("echo x >> starts; test -e full && exit 1; touch ready; exec sleep 60", BOUND);

    assertThat(Waiting.until(() -> !said.isEmpty(), BOUND)).isTrue();
    assertThat(said.get(0)).contains("exit code 1").contains("the disk is full");
    Thread.sleep(2_000); // long enough for two restarts
    assertThat(starts()).isOne();
    Files.delete(folder.resolve("full"));

    keeper.ready().get(20, TimeUnit.SECONDS);
    assertThat(starts()).isEqualTo(2);
    assertThat(said).hasSize(1);
  }

  private long starts() {
    try {
      return Files.readAllLines(folder.resolve("starts")).size();
    } catch (IOException none) {
      return 0;
    }
  }

  @Test
  void a_stopped_component_ends_in_good_order_and_stays_ended() throws Exception {
    keep("trap 'echo bye; exit 0' TERM; touch ready; while :; do sleep 0.05; done", BOUND)
        .ready()
        .get(20, TimeUnit.SECONDS);
    ProcessId process = running();

    keeper.stop(BOUND);

    assertThat(process.alive()).isFalse();
    assertThat(folder.resolve("shell.log")).hasContent("bye");
    assertThat(said).isEmpty();
    assertThat(new RunRecord(folder).read("shell")).isEmpty();
  }

  @Test
  void a_component_that_ignores_the_stop_is_ended_by_force_after_the_bound() throws Exception {
    keep("trap '' TERM; touch ready; while :; do sleep 0.05; done", BOUND)
        .ready()
        .get(20, TimeUnit.SECONDS);
    ProcessId process = running();

    keeper.stop(Duration.ofMillis(300));

    assertThat(process.alive()).isFalse();
    assertThat(said).singleElement().asString().contains("did not end within 300 ms");
  }
}
