package io.tasklane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.v1.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, in a shell, with what libraries print as well. */
class ProcessTest {
  private final ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
  @TempDir private Path folder;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(task -> task);
    Event event = Event.newBuilder().setEventType("test.flow").setSubject("flow/x").build();
    publisher.scheduleAtFixedRate(() -> server.publish(event), 0, 100, TimeUnit.MILLISECONDS);
  }

  @AfterEach
  void stop() {
    publisher.shutdownNow();
    server.close();
  }

  @Test
  void a_follower_ends_with_the_reader_of_its_output() throws Exception {
    // With a pipe to a reader that has left, the shell gives its exit code through a file.
    shell("(tasklane event watch --from 0; echo $? > code) | head -n 1 > first");
    assertThat(Files.readString(folder.resolve("first"))).contains("flow/x");
    assertThat(Files.readString(folder.resolve("code"))).isEqualTo("141\n");
    assertThat(Files.readString(folder.resolve("err"))).isEmpty();
  }

  @Test
  void a_full_disk_is_an_error() throws Exception {
    assertThat(shell("tasklane event list > /dev/full")).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("err")))
        .startsWith("tasklane: the output cannot be written: ")
        .doesNotContain("\tat ");
  }

  @Test
  void a_host_that_does_not_exist_is_named_without_a_stack_trace() throws Exception {
    assertThat(shell("tasklane --server nohost.invalid:1 queue list")).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("err")))
        .startsWith("tasklane: cannot reach a Tasklane server at nohost.invalid:1")
        .contains("tasklane server start", "--server HOST:PORT")
        .doesNotContain("\tat ", "Exception");
  }

  /** Runs it with standard error in the file err; a minute is more than anything here takes. */
  private int shell(String script) throws Exception {
    String java =
        "'%s' -XX:TieredStopAtLevel=1 -cp '%s' %s"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Tasklane.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", script.replaceFirst("tasklane ", java + " "));
    builder.environment().put("TASKLANE_SERVER", server.address());
    Process process =
        builder.directory(folder.toFile()).redirectError(folder.resolve("err").toFile()).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
      return process.exitValue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
