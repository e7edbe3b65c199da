package io.tasklane.workflow.compile;

import java.util.OptionalInt;
import java.util.Set;

/** What a definition may name, at the moment it is checked. */
public interface Known {
  /** Whether there is such a queue. */
  boolean queue(String queue);

  /** Whether the queue accepts this type of task and something serves it. */
  boolean taskType(String queue, String taskType);

  /** Whether there is such a template, in this version if one is given. */
  boolean template(String template, OptionalInt version);

  /** The templates that the newest version of this one contains. */
  Set<String> templatesIn(String template);
}
