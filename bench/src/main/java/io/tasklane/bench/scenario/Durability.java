package io.tasklane.bench.scenario;

import io.tasklane.v1.Queue;
import picocli.CommandLine.Option;

/** Option of a scenario: the durability of its queues. */
public final class Durability {
  @Option(
      names = "--durability",
      paramLabel = "EACH|GROUPED",
      description =
          "EACH (default): a completion is durable before the next task starts. GROUPED:"
              + " settlements are asynchronous. A server that does not serve it refuses it.")
  private Kind kind = Kind.EACH;

  /** The two kinds. */
  enum Kind {
    /** A completion is durable before the next start. */
    EACH(Queue.Durability.DURABILITY_EACH),
    /** Claims are durable before the start, completions are asynchronous. */
    GROUPED(Queue.Durability.DURABILITY_GROUPED);

    private final Queue.Durability wire;

    Kind(Queue.Durability wire) {
      this.wire = wire;
    }
  }

  /** One of two values, such as goals or names, by the kind that was chosen. */
  <T> T pick(T each, T grouped) {
    return kind == Kind.EACH ? each : grouped;
  }

  /** Settings of a queue with this durability. */
  public Queue queue() {
    return Queue.newBuilder().setDurability(kind.wire).build();
  }

  @Override
  public String toString() {
    return kind.name();
  }
}
