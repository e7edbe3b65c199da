package io.tasklane.grpc;

import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/**
 * What the API gets from where it runs.
 *
 * @param clock the time
 * @param random draws incident ids and the ends of streams
 * @param threads makes the threads that serve calls
 * @param timer sets off what is due later
 */
public record Surroundings(
    Clock clock, RandomGenerator random, ThreadFactory threads, ScheduledExecutorService timer) {}
