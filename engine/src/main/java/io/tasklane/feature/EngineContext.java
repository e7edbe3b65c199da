package io.tasklane.feature;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.signal.ReadySignals;
import java.time.Clock;

/**
 * What an engine gives to its features.
 *
 * @param database for reading
 * @param committer makes commands durable
 * @param signals sent for tasks that are ready, and for when something will be due
 * @param clock the time
 */
public record EngineContext(
    Database database, GroupCommitter committer, ReadySignals signals, Clock clock) {}
