package io.tasklane.deadletter;

import io.tasklane.key.TaskKey;
import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import java.time.Instant;
import java.util.Optional;

/**
 * A task that failed for good, kept for somebody to look at.
 *
 * @param taskKey key of the task's row
 * @param taskId final part of the task's name, and of its own
 * @param queue id of the queue
 * @param taskType name of the task type
 * @param failure that ended the task
 * @param fingerprint of the cause; empty if it failed before fingerprints existed
 * @param replayCount how often it was replayed
 * @param lastReplay who replayed it last, and why
 * @param lastReplayTime when
 * @param attemptCount attempts that the task used
 * @param createTime when the task failed
 */
public record DeadLetter(
    TaskKey taskKey,
    String taskId,
    String queue,
    String taskType,
    Failure failure,
    String fingerprint,
    int replayCount,
    Optional<Actor> lastReplay,
    Optional<Instant> lastReplayTime,
    int attemptCount,
    Instant createTime) {}
