package io.tasklane.engine;

import io.tasklane.event.EventRows;
import io.tasklane.event.EventTail;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.feature.EngineContext;
import io.tasklane.monitor.QueueStatistics;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.signal.Broker;
import java.util.concurrent.ThreadFactory;

/**
 * What features are made of.
 *
 * @param context the database, the committer, signals and the clock
 * @param directory of the queues
 * @param statistics of the queues
 * @param rows reads the event log
 * @param tail follows the event log
 * @param broker for those that send messages of their own
 * @param faults is told while something fails
 * @param threads makes their threads
 */
record FeatureParts(
    EngineContext context,
    QueueDirectory directory,
    QueueStatistics statistics,
    EventRows rows,
    EventTail tail,
    Broker broker,
    OngoingFaults faults,
    ThreadFactory threads) {}
