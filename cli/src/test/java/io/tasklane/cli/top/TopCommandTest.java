package io.tasklane.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.PauseQueueRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process, on a pseudo-terminal of the system and without one. */
@Timeout(120)
class TopCommandTest {
  @TempDir private Path folder;
  private FakeServer server;
  private String address;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(task -> task);
    server.figures.putAll(TopFixture.queues());
    address = server.address();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void without_a_terminal_it_says_the_way_out() {
    CommandRun run = CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), "top");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("needs a terminal", "tasklane queue stats --watch");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void on_a_terminal_it_takes_keys_follows_a_resize_and_ends() throws Exception {
    Process process = script("stty rows 24 cols 80; tty > tty; " + java("top"));
    Path shown = folder.resolve("shown");
    try (OutputStream keys = process.getOutputStream()) {
      await(shown, "> AI_ANALYSIS");
      type(keys, "p");
      await(shown, "Pause queues/AI_ANALYSIS?");
      type(keys, "y");
      await(shown, "paused queues/AI_ANALYSIS");
      int before = Files.readString(shown).length();
      resize();
      awaitScreen(
          () -> Emulator.show(Files.readString(shown).substring(before), 100, 30),
          "(h help, q quit)");
      type(keys, "q");
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(shown)).isZero();
    assertThat(server.changes).hasSize(1).first().isInstanceOf(PauseQueueRequest.class);
    assertThat(Files.readString(folder.resolve("mode"))).contains(" icanon", " echo ");
  }

  @Test
  void a_server_that_is_away_ends_it_before_there_is_a_screen() throws Exception {
    server.close();
    Process process = script(java("top"));
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String shown = Files.readString(folder.resolve("shown"));
    assertThat(shown).contains("cannot reach a Tasklane server").doesNotContain("\u001b[?1049h");
    assertThat(process.exitValue()).isEqualTo(1);
  }

  /** Says how the terminal stands when the command is over, and keeps its exit code. */
  private Process script(String command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "script", "-qefc", command + "; code=$?; stty -a > mode; exit $code", "/dev/null");
    builder.environment().put("TASKLANE_SERVER", address);
    builder.environment().put("TERM", "xterm");
    builder.environment().put("SHELL", "/bin/sh");
    return builder
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("shown").toFile())
        .start();
  }

  private static String java(String arguments) {
    return "'%s' -XX:TieredStopAtLevel=1 -cp '%s' io.tasklane.cli.Tasklane %s"
        .formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path"),
            arguments);
  }

  private void resize() throws Exception {
    String tty = Files.readString(folder.resolve("tty")).strip();
    Process stty = new ProcessBuilder("stty", "-F", tty, "rows", "30", "cols", "100").start();
    assertThat(stty.waitFor()).isZero();
  }

  private static void type(OutputStream keys, String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  private static void await(Path shown, String text) throws Exception {
    awaitScreen(() -> Emulator.show(Files.readString(shown), 80, 24), text);
  }

  private static void awaitScreen(Callable<String> screen, String text) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!screen.call().contains(text)) {
      assertThat(System.nanoTime()).as(screen.call()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
