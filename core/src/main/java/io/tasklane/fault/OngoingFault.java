package io.tasklane.fault;

import java.time.Instant;

/**
 * Work of a node that has failed and is tried again.
 *
 * @param work what fails, for people, such as "queues/AI_ANALYSIS: dispatch"
 * @param since when it failed first, without having gone well since
 * @param last when it failed last
 * @param failures how often it has failed since then, 1 or more
 * @param error the last error, with its type
 */
public record OngoingFault(String work, Instant since, Instant last, long failures, String error) {
  /** The same work has failed once more. */
  OngoingFault again(Instant now, String latest) {
    return new OngoingFault(work, since, now, failures + 1, latest);
  }

  /** One line for people. */
  public String inWords() {
    return "tried again since " + since + ", failed " + failures + " times, last: " + error;
  }
}
