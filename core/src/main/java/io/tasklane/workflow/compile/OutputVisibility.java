package io.tasklane.workflow.compile;

import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the output of a node can be there when another node reads it. */
final class OutputVisibility {
  private OutputVisibility() {}

  /** Why not; empty if it can. */
  static Optional<String> refusal(Placement read, Placement reader) {
    if (!startsWith(reader.loops(), read.loops())) {
      String loop = read.loops().get(commonLength(reader.loops(), read.loops()));
      return Optional.of(
          read.id() + " is inside of the for-each " + loop + ": read outputs." + loop);
    }
    List<Placement> toRead = fromRoot(read);
    List<Placement> toReader = fromRoot(reader);
    int fork = 0;
    while (fork < toRead.size()
        && fork < toReader.size()
        && toRead.get(fork) == toReader.get(fork)) {
      fork++;
    }
    if (fork == toRead.size()) {
      return Optional.of(read.id() + " has not ended while " + reader.id() + " is part of it");
    }
    if (fork == toReader.size()) {
      return Optional.of(read.id() + " is part of " + reader.id() + " and starts after it");
    }
    return atFork(toRead.get(fork - 1), toRead.get(fork), toReader.get(fork));
  }

  private static Optional<String> atFork(Placement above, Placement read, Placement reader) {
    if (reader.role() == Role.HANDLER) {
      return Optional.empty();
    }
    if (read.role() == Role.HANDLER) {
      return Optional.of(read.id() + " runs only after " + above.id() + " has failed");
    }
    if (above.node().kind() instanceof Chain) {
      return read.position() < reader.position()
          ? Optional.empty()
          : Optional.of(read.id() + " comes later than " + reader.id());
    }
    return Optional.of(
        above.node().kind() instanceof Choice
            ? "only one of " + read.id() + " and " + reader.id() + " runs"
            : read.id() + " runs at the same time as " + reader.id());
  }

  private static List<Placement> fromRoot(Placement at) {
    List<Placement> path =
        new ArrayList<>(at.parent().map(OutputVisibility::fromRoot).orElse(List.of()));
    path.add(at);
    return path;
  }

  private static boolean startsWith(List<String> all, List<String> beginning) {
    return commonLength(all, beginning) == beginning.size();
  }

  private static int commonLength(List<String> one, List<String> other) {
    int length = 0;
    while (length < one.size()
        && length < other.size()
        && one.get(length).equals(other.get(length))) {
      length++;
    }
    return length;
  }
}
