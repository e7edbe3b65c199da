package io.tasklane.artifact;

import java.time.Instant;

/**
 * A stored large payload.
 *
 * @param reference which bytes
 * @param createTime when they were first stored
 * @param expireTime when they are removed, or soon after, unless a task names them then
 */
public record Artifact(ArtifactReference reference, Instant createTime, Instant expireTime) {}
