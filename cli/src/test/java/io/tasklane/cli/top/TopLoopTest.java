package io.tasklane.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.cli.command.Connection;
import io.tasklane.v1.PauseQueueRequest;
import io.tasklane.v1.ResumeQueueRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys change what they say, after a question, on a terminal that exists in memory. */
@Timeout(60)
class TopLoopTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private FakeServer server;
  private LineDisciplineTerminal terminal;
  private CompletableFuture<Void> loop;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(task -> task);
    server.figures.putAll(TopFixture.queues());
    terminal = new LineDisciplineTerminal("test", "xterm", shown, StandardCharsets.UTF_8);
    terminal.setSize(new Size(80, 24));
    loop = CompletableFuture.runAsync(this::run);
    awaitShown("> AI_ANALYSIS");
  }

  @AfterEach
  void stop() throws IOException {
    terminal.close();
    server.close();
  }

  private void run() {
    AtomicReference<String> message = new AtomicReference<>("");
    try (Connection connection = Connection.to(server.address());
        TopFeed feed = new TopFeed(connection, Clock.systemUTC());
        TopActions actions = new TopActions(connection, message::set)) {
      TopScreen screen = new TopScreen(server.address(), false, Clock.systemUTC());
      new TopLoop(terminal, feed::figures, new TopState(actions), message::get, screen).run();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void type(String keys) throws IOException {
    terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
  }

  private void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(screen(80, 24)).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private String screen(int columns, int rows) {
    return Emulator.show(shown.toString(StandardCharsets.UTF_8), columns, rows);
  }

  private void awaitShown(String text) {
    await(() -> screen(80, 24).contains(text));
  }

  @Test
  void a_pause_asks_first_and_then_says_that_it_was_done() throws IOException {
    type("p");
    awaitShown("Pause queues/AI_ANALYSIS?");
    assertThat(server.changes).isEmpty();
    type("y");
    awaitShown("paused queues/AI_ANALYSIS");
    PauseQueueRequest asked = (PauseQueueRequest) server.changes.get(0);
    assertThat(asked.getName()).isEqualTo("queues/AI_ANALYSIS");
    assertThat(asked.getReason()).isEqualTo("by tasklane top");
  }

  @Test
  void any_other_key_than_yes_answers_no() throws Exception {
    type("p");
    awaitShown("Pause queues/AI_ANALYSIS?");
    type("\r");
    type("q");
    loop.get(10, TimeUnit.SECONDS);
    assertThat(server.changes).isEmpty();
  }

  @Test
  void the_arrow_chooses_the_queue_that_is_resumed() throws IOException {
    type("\u001b[B");
    awaitShown("> DATA_FETCHER");
    type("r");
    awaitShown("Resume queues/DATA_FETCHER?");
    type("y");
    awaitShown("resumed queues/DATA_FETCHER");
    assertThat(((ResumeQueueRequest) server.changes.get(0)).getName())
        .isEqualTo("queues/DATA_FETCHER");
  }

  @Test
  void the_task_that_was_asked_about_is_cancelled() throws IOException {
    CommandRun.of(
        Map.of("TASKLANE_SERVER", server.address()), "task", "create", "Q", "t", "--id", "second");
    type("\t");
    awaitShown("* second");
    type("c");
    awaitShown("Cancel tasks/second?");
    server.figures.remove("queues/AI_ANALYSIS");
    type("y");
    awaitShown("asked tasks/second to stop");
  }

  @Test
  void a_change_that_is_refused_is_said_and_the_screen_stays() throws Exception {
    type("c");
    awaitShown("Cancel tasks/first?");
    type("y");
    awaitShown("NOT_FOUND");
    assertThat(loop).isNotDone();
  }

  @Test
  void a_screen_of_another_size_is_drawn_anew() {
    shown.reset();
    terminal.setSize(new Size(100, 30));
    terminal.raise(Signal.WINCH);
    await(() -> screen(100, 30).lines().skip(29).anyMatch(line -> line.startsWith("up/down")));
    assertThat(screen(100, 30)).contains("> AI_ANALYSIS");
  }

  @Test
  void the_end_leaves_the_terminal_as_it_was() throws Exception {
    type("q");
    loop.get(10, TimeUnit.SECONDS);
    String all = shown.toString(StandardCharsets.UTF_8);
    assertThat(all).startsWith("\u001b[?1049h");
    assertThat(all.lastIndexOf("\u001b[?1049l")).isGreaterThan(all.lastIndexOf("AI_ANALYSIS"));
    assertThat(all).contains("\u001b[?25l");
    assertThat(all.lastIndexOf("\u001b[?25h")).isGreaterThan(all.lastIndexOf("\u001b[?25l"));
  }

  @Test
  void an_interrupt_ends_it_too() throws Exception {
    terminal.raise(Signal.INT);
    loop.get(10, TimeUnit.SECONDS);
  }
}
