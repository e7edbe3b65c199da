package io.tasklane.bench.scenario;

import io.tasklane.v1.Queue;
import picocli.CommandLine.Option;

/** Which promise the queues of a scenario make. */
final class Durability {
  @Option(
      names = "--durability",
      paramLabel = "EACH|GROUPED",
      description =
          "EACH (default): a completion is durable before the next task starts. GROUPED:"
              + " settlements are asynchronous. A server that does not serve it refuses it.")
  private Kind kind = Kind.EACH;

  /** The two promises. */
  enum Kind {
    /** A completion is durable before the next start. */
    EACH(Queue.Durability.DURABILITY_EACH),
    /** Claims are durable before the start, settlements are asynchronous. */
    GROUPED(Queue.Durability.DURABILITY_GROUPED);

    private final Queue.Durability wire;

    Kind(Queue.Durability wire) {
      this.wire = wire;
    }
  }

  /** The one or the other, for a goal or a name. */
  <T> T pick(T each, T grouped) {
    return kind == Kind.EACH ? each : grouped;
  }

  Queue queue() {
    return Queue.newBuilder().setDurability(kind.wire).build();
  }

  @Override
  public String toString() {
    return kind.name();
  }
}
