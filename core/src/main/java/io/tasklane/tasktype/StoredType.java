package io.tasklane.tasktype;

import io.tasklane.task.TaskType;
import java.time.Instant;

/**
 * A registered task type.
 *
 * @param type what it states
 * @param revision of this definition, 1 or more
 * @param createTime when it was first registered
 * @param updateTime when it was registered last with another definition
 */
public record StoredType(TaskType type, long revision, Instant createTime, Instant updateTime) {}
