package io.tasklane.cli.top;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/** Draws the screen again and again, and hands the keys on, until the user ends it. */
final class TopLoop {
  private static final long REFRESH_MILLIS = 250;

  private final Terminal terminal;
  private final Supplier<TopFigures> figures;
  private final TopState state;
  private final Supplier<String> message;
  private final TopScreen screen;

  /**
   * A live screen on this terminal, not shown yet.
   *
   * @param figures what the server said last
   * @param message what became of the last change; empty if there is nothing to say
   */
  TopLoop(
      Terminal terminal,
      Supplier<TopFigures> figures,
      TopState state,
      Supplier<String> message,
      TopScreen screen) {
    this.terminal = terminal;
    this.figures = figures;
    this.state = state;
    this.message = message;
    this.screen = screen;
  }

  /** Stays until a key ends it; the terminal is then as it was. */
  void run() throws IOException {
    AtomicBoolean interrupted = new AtomicBoolean();
    AtomicBoolean resized = new AtomicBoolean(true);
    terminal.handle(Signal.INT, signal -> interrupted.set(true));
    terminal.handle(Signal.WINCH, signal -> resized.set(true));
    Attributes before = terminal.enterRawMode();
    AtomicReference<Runnable> restore = new AtomicReference<>(() -> leave(before));
    Thread atExit = new Thread(() -> restore.getAndSet(() -> {}).run(), "tasklane-top-exit");
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      terminal.puts(Capability.enter_ca_mode);
      terminal.puts(Capability.cursor_invisible);
      draw(interrupted, resized);
    } finally {
      restore.getAndSet(() -> {}).run();
    }
  }

  private void draw(AtomicBoolean interrupted, AtomicBoolean resized) throws IOException {
    Display display = new Display(terminal, true);
    Size size = new Size();
    boolean stays = true;
    while (stays && !interrupted.get()) {
      if (resized.getAndSet(false)) {
        size = sizeOf(terminal);
        display.clear();
        display.resize(size.getRows(), size.getColumns());
      }
      TopFigures now = figures.get();
      List<AttributedString> lines = screen.lines(now, state, message.get(), size);
      display.update(lines, -1);
      stays = state.press(TopKey.read(terminal.reader(), REFRESH_MILLIS), now);
    }
  }

  /** A terminal that does not say its size has the usual one. */
  private static Size sizeOf(Terminal terminal) {
    Size size = terminal.getSize();
    return size.getRows() > 0 && size.getColumns() > 0 ? size : new Size(80, 24);
  }

  private void leave(Attributes before) {
    terminal.puts(Capability.exit_ca_mode);
    terminal.puts(Capability.cursor_normal);
    terminal.setAttributes(before);
    terminal.flush();
  }
}
