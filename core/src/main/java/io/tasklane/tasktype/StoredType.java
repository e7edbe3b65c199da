package io.tasklane.tasktype;

import io.tasklane.task.TaskType;
import java.time.Instant;
import java.util.Optional;

/**
 * A registered task type.
 *
 * @param type what it states
 * @param revision of this definition, 1 or more
 * @param createTime when it was first registered
 * @param updateTime when it was registered last with another definition
 * @param workers living workers that serve it
 * @param lastSeen when a worker that serves it was heard of last
 */
public record StoredType(
    TaskType type,
    long revision,
    Instant createTime,
    Instant updateTime,
    int workers,
    Optional<Instant> lastSeen) {
  /** A type that no worker serves or has served. */
  public StoredType(TaskType type, long revision, Instant createTime, Instant updateTime) {
    this(type, revision, createTime, updateTime, 0, Optional.empty());
  }
}
