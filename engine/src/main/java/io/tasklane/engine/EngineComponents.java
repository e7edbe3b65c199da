package io.tasklane.engine;

import io.tasklane.config.ArtifactsConfig;
import io.tasklane.config.NodeConfig;
import io.tasklane.config.QueuesConfig;
import io.tasklane.config.RetentionConfig;
import io.tasklane.database.Database;
import io.tasklane.dependency.DependencyResolver;
import io.tasklane.task.TaskHandler;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/**
 * What an engine is assembled from.
 *
 * @param database migrated
 * @param node its configuration
 * @param artifacts where large payloads are stored
 * @param queues created if missing
 * @param retention how long things are kept
 * @param handlers of tasks
 * @param resolver of dependencies
 * @param clock the time
 * @param random safe for many threads
 * @param threads makes its threads
 * @param endNode ends the process at once, if a handler cannot be stopped
 */
public record EngineComponents(
    Database database,
    NodeConfig node,
    ArtifactsConfig artifacts,
    QueuesConfig queues,
    RetentionConfig retention,
    List<TaskHandler> handlers,
    DependencyResolver resolver,
    Clock clock,
    RandomGenerator random,
    ThreadFactory threads,
    Runnable endNode) {}
