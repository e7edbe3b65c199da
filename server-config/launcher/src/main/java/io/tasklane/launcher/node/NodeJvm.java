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

  /**
   * Ten times the defaults of Java 17: how often code runs before the second compiler takes it. A
   * start runs most of its code a few thousand times and then never again. Seen on two processors,
   * with the defaults and with these: a start takes 18.4 and 12.9 s of processor time, a create in
   * the first ten seconds after it 8.6 and 5.9 ms, in the sixth ten 2.2 and 2.5 ms.
   */
  private static final List<String> SECOND_COMPILER =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  /** Flags for a machine with so many processors. */
  List<String> flags(int processors) {
    List<String> flags = new ArrayList<>(List.of("-Xmx" + heap, "-Xms" + FIRST_HEAP));
    flags.add(collector(processors));
    flags.addAll(SECOND_COMPILER);
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
