package io.tasklane.rollup;

import io.tasklane.key.QueueKey;
import java.time.Instant;

/**
 * What is counted together.
 *
 * @param queue of the tasks
 * @param taskType of the tasks
 * @param minute its beginning, in UTC
 */
public record RollupKey(QueueKey queue, String taskType, Instant minute) {}
