package io.tasklane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.cli.command.CommandOutput;
import io.tasklane.v1.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Output that nobody reads, or that the disk does not take, ends every command. */
@Timeout(30)
class OutputTest {
  private final StringWriter errors = new StringWriter();
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(task -> task);
    for (int i = 0; i < 50; i++) {
      server.publish(Event.newBuilder().setEventType("test.flow").setSubject("flow/" + i).build());
    }
    CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), "task", "create", "A", "b");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event watch --from 0",
        "event list",
        "task list -o json",
        "task watch t0",
        "task get t0",
        "task attempts t0 --log",
        "queue stats --watch",
        "queue stats --watch -o json",
        "queue delete A",
        "dlq get t0",
        "resource list",
        "--help",
        "task create --help",
        "--version",
      })
  void a_reader_that_has_left_ends_the_command_quietly_at_its_next_write(String command) {
    assertThat(run("Broken pipe", 0, command)).as(errors.toString()).isEqualTo(141);
    assertThat(errors.toString()).isEmpty();
  }

  @Test
  void a_follower_that_loses_its_reader_later_ends_too() {
    assertThat(run("Broken pipe", 5, "event watch --from 0")).isEqualTo(141);
  }

  /** The fake server ends each of these streams after its first message. */
  @Test
  void figures_are_followed_over_the_end_of_a_stream() {
    assertThat(run("Broken pipe", 3, "queue stats --watch -o json")).isEqualTo(141);
  }

  @ParameterizedTest
  @ValueSource(strings = {"event watch --from 0", "task list", "queue stats --watch", "--help"})
  void a_full_disk_ends_the_command_with_an_error(String command) {
    assertThat(run("No space left on device", 0, command)).isEqualTo(1);
    assertThat(errors.toString())
        .startsWith("tasklane: the output cannot be written: No space left on device")
        .doesNotContain("\tat ");
  }

  private int run(String failure, int linesBefore, String command) {
    CommandLine line = Tasklane.commandLine(Map.of("TASKLANE_SERVER", server.address()));
    line.setOut(CommandOutput.to(new Failing(failure, linesBefore), false));
    line.setErr(new PrintWriter(errors, true));
    return Tasklane.run(line, command.split(" "));
  }

  /** Takes some writes, and then no more. */
  private static final class Failing extends OutputStream {
    private final String failure;
    private int left;

    Failing(String failure, int writes) {
      this.failure = failure;
      this.left = writes;
    }

    @Override
    public void write(int b) throws IOException {
      if (left-- <= 0) {
        throw new IOException(failure);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      write(0);
    }
  }
}
