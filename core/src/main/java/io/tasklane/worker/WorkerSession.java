package io.tasklane.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A worker that has said Hello, as the server's end of its stream sees it. */
public interface WorkerSession {
  /** How often a worker has to be heard of. */
  Duration HEARTBEAT = Duration.ofSeconds(5);

  /** How long an offer lasts. */
  Duration ACCEPT_WITHIN = Duration.ofSeconds(5);

  /** "workers/{worker}". */
  String worker();

  /** Those of the leases in its Hello that it holds. */
  List<LeaseName> kept();

  /** Silence after which it loses its leases. */
  Duration lease();

  /** It may be told things from now on. To be called once, after it was welcomed. */
  void welcomed();

  /**
   * It has said something. The calls come in the order of the messages, one after another.
   *
   * @return completes when what follows from it is durable, or fails with a refusal
   */
  CompletionStage<Void> handle(WorkerMessage message);

  /** It has said all it had to say: what it still holds is released, and it is STOPPED. */
  CompletionStage<Void> finish();

  /** Its stream has ended in another way: its leases remain its own for the time of a lease. */
  void broken();
}
