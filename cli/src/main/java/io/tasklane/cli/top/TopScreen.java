package io.tasklane.cli.top;

import io.tasklane.v1.QueueStats;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** How the screen looks: as many lines as fit, the keys in the last one. */
final class TopScreen {
  private static final int HEAD = 4;
  private static final int FOOT = 1;
  private static final int LEAST_DETAILS = 5;
  private static final String KEYS =
      "up/down queue  Tab task  p pause  r resume  c cancel  h help  q quit";
  private static final List<String> HELP =
      List.of(
          "",
          "  up, k / down, j   choose a queue",
          "  Tab               choose a task that runs in it",
          "  p                 pause the queue: what runs goes on, nothing new starts",
          "  r                 resume it",
          "  c                 cancel the chosen task: it is asked to stop",
          "  y / n             answer a question; any other key answers no",
          "  q, Ctrl-C         quit",
          "",
          "  WAIT is how many tasks are queued, IN/S what is created in a second, OK/S and",
          "  BAD/S what succeeds and fails. OWNER is the node that runs the queue.");

  private final String address;
  private final boolean colours;
  private final Clock clock;

  /**
   * A screen about a server.
   *
   * @param address "HOST:PORT"
   * @param colours whether the user wants colours
   */
  TopScreen(String address, boolean colours, Clock clock) {
    this.address = address;
    this.colours = colours;
    this.clock = clock;
  }

  /**
   * The lines as they are to be shown.
   *
   * @param message what became of the last change; empty if there is nothing to say
   * @return as many lines as the screen has, none wider than it
   */
  List<AttributedString> lines(TopFigures figures, TopState state, String message, Size size) {
    Instant now = clock.instant();
    List<AttributedString> lines = new ArrayList<>();
    lines.add(title(figures, now));
    lines.add(plain(TopSummary.nodes(figures)));
    lines.add(plain(TopSummary.workers(figures)));
    lines.add(plain(""));
    if (state.help()) {
      HELP.forEach(line -> lines.add(plain(line)));
    } else {
      middle(figures, state, now, size, lines);
    }
    while (lines.size() > Math.max(0, size.getRows() - FOOT)) {
      lines.remove(lines.size() - 1);
    }
    while (lines.size() < size.getRows() - FOOT) {
      lines.add(plain(""));
    }
    lines.add(foot(figures, state, message));
    return lines.stream().map(line -> fit(line, size.getColumns())).toList();
  }

  private AttributedString title(TopFigures figures, Instant now) {
    String text = "tasklane top  " + address + "  " + now.truncatedTo(ChronoUnit.SECONDS);
    return styled(text + "  " + TopSummary.counts(figures), AttributedStyle.BOLD);
  }

  private void middle(
      TopFigures figures, TopState state, Instant now, Size size, List<AttributedString> lines) {
    lines.add(styled(TopRow.HEADING, AttributedStyle.BOLD));
    String chosen = state.queue(figures);
    int room = Math.max(1, size.getRows() - HEAD - FOOT - 1 - LEAST_DETAILS);
    List<String> names = List.copyOf(figures.queues().keySet());
    int first = Math.max(0, Math.min(names.indexOf(chosen) - room / 2, names.size() - room));
    for (String name : names.subList(first, Math.min(names.size(), first + room))) {
      lines.add(row(name, figures.queues().get(name), name.equals(chosen), now));
    }
    if (names.isEmpty()) {
      lines.add(plain("  no queues: `tasklane queue create NAME` makes one"));
      return;
    }
    lines.add(plain(""));
    QueueStats stats = figures.queues().get(chosen);
    TopDetails.lines(chosen, stats, state.task(figures), now).forEach(l -> lines.add(plain(l)));
  }

  private AttributedString row(String name, QueueStats stats, boolean chosen, Instant now) {
    String line = (chosen ? "> " : "  ") + TopRow.of(name, stats, now);
    if (chosen) {
      return new AttributedString(line, AttributedStyle.INVERSE);
    }
    return switch (stats.getQueueState()) {
      case STATE_PAUSED, STATE_DRAINING -> coloured(line, AttributedStyle.YELLOW);
      default -> plain(line);
    };
  }

  private AttributedString foot(TopFigures figures, TopState state, String message) {
    if (state.question().isPresent()) {
      return styled(state.question().get() + "  y: yes, any other key: no", AttributedStyle.BOLD);
    }
    if (figures.fault().isPresent()) {
      return coloured(figures.fault().get() + "; trying again", AttributedStyle.RED);
    }
    return plain(message.isEmpty() ? KEYS : message + "  (h help, q quit)");
  }

  private AttributedString coloured(String text, int colour) {
    return styled(
        text, colours ? AttributedStyle.DEFAULT.foreground(colour) : AttributedStyle.DEFAULT);
  }

  private static AttributedString styled(String text, AttributedStyle style) {
    return new AttributedString(text, style);
  }

  private static AttributedString plain(String text) {
    return new AttributedString(text);
  }

  private static AttributedString fit(AttributedString line, int columns) {
    return line.columnLength() <= columns ? line : line.columnSubSequence(0, columns);
  }
}
