package io.tasklane.engine;

import io.tasklane.api.Refusal;
import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.TaskType;
import io.tasklane.worker.Hello;
import io.tasklane.worker.LeaseName;
import io.tasklane.worker.WorkerListener;
import io.tasklane.worker.WorkerMessage;
import io.tasklane.worker.WorkerSession;
import io.tasklane.worker.stream.WorkerService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A worker at the services of a node, which does what a test says. */
final class TestWorker implements WorkerListener {
  static final String TYPE = "remote.work";

  /** An offer as it came. */
  record Offered(Task task, Payload input, Optional<Payload> checkpoint, Duration limit) {
    LeaseName lease() {
      return new LeaseName(task.taskId(), task.fencingToken());
    }
  }

  /** A stop as it came. */
  record Stopped(LeaseName lease, Stop why, Duration grace, Optional<Actor> actor) {}

  final BlockingQueue<Offered> offers = new LinkedBlockingQueue<>();
  final BlockingQueue<Stopped> stops = new LinkedBlockingQueue<>();
  final BlockingQueue<LeaseName> lost = new LinkedBlockingQueue<>();
  final BlockingQueue<Actor> drains = new LinkedBlockingQueue<>();
  volatile boolean replaced;
  volatile WorkerSession session;

  static TestWorker at(EngineBench node, int slots) {
    return at(node, hello(Optional.empty(), slots, List.of()));
  }

  static TestWorker at(EngineBench node, Hello hello) {
    TestWorker worker = new TestWorker();
    worker.session = node.engine.services().get(WorkerService.class).connect(hello, worker);
    worker.session.welcomed();
    return worker;
  }

  static Hello hello(Optional<String> id, int slots, List<LeaseName> leases) {
    return new Hello(
        id,
        "host",
        "test",
        List.of(),
        slots,
        leases,
        List.of(new Hello.Type(TaskType.named(TYPE), 1)));
  }

  String id() {
    return session.worker().substring("workers/".length());
  }

  /** Comes back over another stream, to this node, with these leases. */
  TestWorker again(EngineBench node, int slots, LeaseName... leases) {
    return at(node, hello(Optional.of(id()), slots, List.of(leases)));
  }

  void credit(int offers) {
    say(new WorkerMessage.Credit(offers));
  }

  void say(WorkerMessage message) {
    try {
      session.handle(message).toCompletableFuture().join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof Refusal refusal ? refusal : failed;
    }
  }

  Offered offered() throws InterruptedException {
    Offered offer = offers.poll(20, TimeUnit.SECONDS);
    if (offer == null) {
      throw new AssertionError("no offer within 20 s");
    }
    return offer;
  }

  /** The next offer, accepted. */
  Offered running() throws InterruptedException {
    Offered offer = offered();
    say(new WorkerMessage.Accept(offer.lease()));
    return offer;
  }

  void complete(LeaseName lease, String result) {
    say(completed(lease, result, 0));
  }

  static WorkerMessage.Completed completed(LeaseName lease, String result, int credit) {
    return new WorkerMessage.Completed(
        lease, Payload.json(result), false, List.of(), List.of(), List.of(), credit);
  }

  static WorkerMessage.Failed failed(LeaseName lease, String code) {
    return new WorkerMessage.Failed(
        lease,
        new Failure(Failure.Kind.RETRYABLE, code, "it failed", "trace", Instant.EPOCH),
        Optional.of(Duration.ofMillis(10)),
        Optional.empty(),
        0);
  }

  void beat() {
    say(new WorkerMessage.Heartbeat(List.of(), 0.5, 1000));
  }

  @Override
  public void offer(Task task, Payload input, Optional<Payload> checkpoint, Duration limit) {
    offers.add(new Offered(task, input, checkpoint, limit));
  }

  @Override
  public void stop(
      LeaseName lease,
      Stop why,
      Duration grace,
      Optional<Actor> actor,
      Optional<String> preemptedBy) {
    stops.add(new Stopped(lease, why, grace, actor));
  }

  @Override
  public void leaseLost(LeaseName lease, String reason) {
    lost.add(lease);
  }

  @Override
  public void drain(Actor actor) {
    drains.add(actor);
  }

  @Override
  public void replaced() {
    replaced = true;
  }

  @Override
  public void nodeStops() {
    // the test closes the node
  }
}
