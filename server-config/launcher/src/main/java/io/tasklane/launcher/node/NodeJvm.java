package io.tasklane.launcher.node;

import java.util.ArrayList;
import java.util.List;

/**
 * How the virtual machine of a node runs.
 *
 * @param heap its largest heap, as {@code -Xmx} takes it: {@code 1g}
 * @param further flags that go after the others and so win over them
 */
public record NodeJvm(String heap, List<String> further) {
  /** The heap of a node that is given none. */
  public static final String HEAP = "1g";

  /** Keeps an own copy of the list. */
  public NodeJvm {
    further = List.copyOf(further);
  }

  /**
   * The heap of a node at its start. By default it is a 64th of the machine's memory, on a large
   * one far more than a node uses at rest, and all of it is touched before it is collected. With
   * less than this a start needs a full collection.
   */
  private static final String FIRST_HEAP = "160m";

  /** Flags for a machine with so many processors. */
  List<String> flags(int processors) {
    List<String> flags = new ArrayList<>(List.of("-Xmx" + heap, "-Xms" + FIRST_HEAP));
    flags.add(collector(processors));
    return flags;
  }

  /**
   * The garbage collector for so many processors. G1 works beside the application, on processors of
   * its own; on two there are none to spare. Seen there, with G1 and with the serial collector: 168
   * and 227 creates a second in the sixth ten seconds after a start, 3.5 and 2.3 ms of processor
   * time for completing a task and claiming the next.
   */
  static String collector(int processors) {
    return processors <= 2 ? "-XX:+UseSerialGC" : "-XX:+UseG1GC";
  }
}
