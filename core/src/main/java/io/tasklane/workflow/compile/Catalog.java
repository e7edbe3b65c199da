package io.tasklane.workflow.compile;

import java.util.OptionalInt;
import java.util.Set;

/** The queues, task types and templates that a definition may name, when it is checked. */
public interface Catalog {
  /** Whether there is such a queue. */
  boolean queue(String queue);

  /** Whether the queue accepts this type of task and something serves it. */
  boolean taskType(String queue, String taskType);

  /** Whether there is such a template, in this version if one is given. */
  boolean template(String template, OptionalInt version);

  /** The templates that the newest version of this one contains. */
  Set<String> templatesIn(String template);
}
