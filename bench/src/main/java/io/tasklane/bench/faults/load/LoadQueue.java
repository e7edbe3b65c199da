package io.tasklane.bench.faults.load;

/**
 * A queue of the load, and what tasks go into it.
 *
 * @param name "queues/..."
 * @param concurrency how many of its tasks may run at once
 * @param grouped whether its completions become durable in groups
 * @param agingMillis what one level of priority is worth, 0 for strict priorities
 * @param keyed percent of its tasks that have an ordering key
 * @param bound percent of its tasks that need units of the resource
 */
public record LoadQueue(
    String name, int concurrency, boolean grouped, long agingMillis, int keyed, int bound) {

  /** Strict, one completion after the other, whose tasks share nothing. */
  static LoadQueue plain(String name, int concurrency) {
    return new LoadQueue(name, concurrency, false, 0, 0, 0);
  }

  LoadQueue inGroups() {
    return new LoadQueue(name, concurrency, true, agingMillis, keyed, bound);
  }

  LoadQueue aged(long millis) {
    return new LoadQueue(name, concurrency, grouped, millis, keyed, bound);
  }

  LoadQueue sharing(int percentKeyed, int percentBound) {
    return new LoadQueue(name, concurrency, grouped, agingMillis, percentKeyed, percentBound);
  }

  /** What the fencing tokens of a task of this queue are compared by. */
  String fence(String task) {
    return concurrency == 1 ? name : task;
  }
}
