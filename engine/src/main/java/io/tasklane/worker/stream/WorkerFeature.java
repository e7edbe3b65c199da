package io.tasklane.worker.stream;

import io.tasklane.event.LogEvent;
import io.tasklane.fact.FactService;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.DueWork;
import io.tasklane.feature.EngineContext;
import io.tasklane.feature.Feature;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.queue.dispatch.DispatchTools;
import io.tasklane.signal.Broker;
import io.tasklane.signal.NodeMessages;
import io.tasklane.task.end.TaskEnds;
import io.tasklane.task.type.Handlers;
import io.tasklane.time.Ticker;
import io.tasklane.worker.Offer;
import io.tasklane.worker.OfferReturns;
import io.tasklane.worker.ReturnDueOffers;
import io.tasklane.worker.ReturnUnserved;
import io.tasklane.worker.WorkerSession;
import io.tasklane.worker.WorkerTurns;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Workers as a feature of the engine. */
public final class WorkerFeature implements Feature {
  private final EngineContext context;
  private final Handlers handlers;
  private OfferReturns returns;
  private StreamTools tools;
  private WorkerStreams streams;
  private OfferDelivery delivery;
  private WorkerWatch watch;

  /**
   * Workers of this engine.
   *
   * @param context of the engine
   * @param handlers whose types this node executes itself
   * @param wake has the owner of a queue look for what it may start
   */
  public WorkerFeature(EngineContext context, Handlers handlers, Consumer<QueueKey> wake) {
    this.context =
        new EngineContext(
            context.database(),
            context.committer(),
            new Waking(context.signals(), wake),
            context.clock());
    this.handlers = handlers;
  }

  /** Takes what is put together after this feature. */
  public void use(TaskEnds ends) {
    returns = new OfferReturns(ends, context.signals());
  }

  /**
   * Begins to serve streams.
   *
   * @param dispatch how runs are completed
   * @param facts sets facts of runs
   * @param queues finds queues
   * @param names draws the ids of new workers
   */
  public void serve(
      DispatchTools dispatch, FactService facts, QueueDirectory queues, Supplier<String> names) {
    tools =
        new StreamTools(
            context,
            dispatch,
            returns,
            dispatch.runner().input(),
            facts,
            id -> queues.find(id).orElseThrow().key(),
            Ticker.SYSTEM);
    streams = new WorkerStreams(tools, names);
  }

  /**
   * Starts what brings offers to workers and watches them.
   *
   * @param broker that has the messages between nodes
   * @param threads makes its threads
   * @param faults is told what fails and is tried again
   */
  public void start(Broker broker, ThreadFactory threads, OngoingFaults faults) {
    delivery = new OfferDelivery(tools, streams, threads, faults);
    delivery.start(
        new NodeMessages(
            broker, tools.me(), WorkerSession.ACCEPT_WITHIN, delivery::received, threads, faults));
    watch = new WorkerWatch(streams, new LostWorkers(tools, faults), context, threads, faults);
  }

  private void send(Offer offer) {
    if (delivery != null) { // while the engine is still being assembled nobody waits yet
      delivery.send(offer);
    }
  }

  @Override
  public Optional<ClaimCondition> claimTarget() {
    return Optional.of(new WorkerTurns(handlers, this::send, context.signals()));
  }

  @Override
  public List<DueWork> dueWork() {
    ReturnUnserved unserved = new ReturnUnserved(handlers, context.signals());
    return List.of(
        new DueWork("return unserved tasks", unserved.probe(), unserved),
        new DueWork("return offers", ReturnDueOffers.PROBE, new ReturnDueOffers(returns)));
  }

  @Override
  public List<Consumer<List<LogEvent>>> followers() {
    return List.of(
        events -> {
          if (streams != null) {
            streams.follow(events);
          }
        });
  }

  @Override
  public List<Object> services() {
    return List.of(new WorkerService(context, tools, streams));
  }

  @Override
  public void close() {
    if (delivery != null) {
      streams.close();
      watch.close();
      delivery.close();
    }
  }
}
