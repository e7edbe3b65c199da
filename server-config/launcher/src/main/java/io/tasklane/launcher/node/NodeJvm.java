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

  /** Flags for a machine with so many processors. */
  List<String> flags(int processors) {
    List<String> flags = new ArrayList<>(List.of("-Xmx" + heap));
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
