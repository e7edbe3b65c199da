package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tasklane.v1.Task;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that creates large tasks one after another, whatever it is answered, and remembers which
 * were acknowledged. A refusal must be one that it may repeat.
 */
final class Creator implements AutoCloseable {
  private static final int BYTES = 150_000;
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private final Client client;
  private final String queue;
  private final Random random;
  private final Map<Task, String> created = new LinkedHashMap<>();
  private final AtomicInteger creates = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final CompletableFuture<Void> work;
  private volatile boolean ended;

  Creator(Client client, String queue, long seed) {
    this.client = client;
    this.queue = queue;
    this.random = new Random(seed);
    this.work = CompletableFuture.runAsync(this::createAll, task -> new Thread(task).start());
  }

  private void createAll() {
    while (!ended) {
      byte[] bytes = new byte[BYTES];
      random.nextBytes(bytes);
      String input = "{\"x\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}";
      try {
        created.put(client.create(Client.task(queue, "system.noop", input)), input);
        creates.incrementAndGet();
      } catch (StatusRuntimeException refusal) {
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(Refusals.reason(refusal)).isIn("DATABASE_FULL", "DATABASE_UNAVAILABLE");
        refusals.incrementAndGet();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Waits until it was refused so often from now on. */
  void awaitRefusals(int more) {
    await(more + " refusals", refusals, more);
  }

  /** Waits until it was acknowledged so often from now on. */
  void awaitCreates(int more) {
    await(more + " creates", creates, more);
  }

  private void await(String what, AtomicInteger count, int more) {
    int before = count.get();
    NodeGroup.await(what, () -> work.isCompletedExceptionally() || count.get() >= before + more);
    if (work.isCompletedExceptionally()) {
      work.join();
    }
  }

  /** Creates no more; gives what was acknowledged, with its input. */
  Map<Task, String> end() throws Exception {
    ended = true;
    work.get(2, TimeUnit.MINUTES);
    System.out.println(creates + " creates acknowledged, " + refusals + " refused");
    return created;
  }

  @Override
  public void close() {
    ended = true;
    client.close();
  }
}
