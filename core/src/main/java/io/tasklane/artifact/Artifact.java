package io.tasklane.artifact;

import java.time.Instant;

/**
 * A body that is kept.
 *
 * @param reference which bytes
 * @param createTime when they were first kept
 * @param expireTime when they are removed, or soon after, if no task names them then
 */
public record Artifact(ArtifactReference reference, Instant createTime, Instant expireTime) {}
