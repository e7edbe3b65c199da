package io.tasklane.grpc;

import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/**
 * What the process that runs the API gives it.
 *
 * @param clock the time of day
 * @param random draws incident ids and the ends of streams
 * @param threads creates the threads that serve calls
 * @param timer runs what is due later
 */
public record Environment(
    Clock clock, RandomGenerator random, ThreadFactory threads, ScheduledExecutorService timer) {}
