package io.tasklane.grpc.stream;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A source that notices when two threads are in it at once. */
final class SourceOfTest implements MessageSource<String> {
  final Queue<String> supply = new ConcurrentLinkedQueue<>();
  final AtomicInteger asked = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  volatile boolean done;
  volatile boolean crowded;
  volatile RuntimeException failure;
  volatile RuntimeException openFailure;
  volatile Runnable wake = () -> {};
  volatile Runnable whileOpening = () -> {};
  private final AtomicInteger inside = new AtomicInteger();

  void supply(String... messages) {
    supply.addAll(java.util.List.of(messages));
    wake.run();
  }

  @Override
  public void open(Runnable wakeUp) {
    wake = wakeUp;
    whileOpening.run();
    if (openFailure != null) {
      throw openFailure;
    }
  }

  @Override
  public Optional<String> next() {
    crowded |= inside.incrementAndGet() > 1;
    try {
      asked.incrementAndGet();
      if (failure != null) {
        throw failure;
      }
      return Optional.ofNullable(supply.poll());
    } finally {
      inside.decrementAndGet();
    }
  }

  @Override
  public boolean isDone() {
    return done;
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}
