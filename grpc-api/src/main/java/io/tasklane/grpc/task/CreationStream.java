package io.tasklane.grpc.task;

import io.grpc.stub.StreamObserver;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.Deadline;
import io.tasklane.grpc.stream.InboundWindow;
import io.tasklane.grpc.stream.Lifetime;
import io.tasklane.grpc.stream.MessageSource;
import io.tasklane.v1.StreamCreateTasksRequest;
import io.tasklane.v1.StreamCreateTasksResponse;
import io.tasklane.v1.StreamCreateTasksResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

/**
 * Serves StreamCreateTasks. Elements are passed on as they arrive, so that many of them share a
 * commit; their results are sent in the order in which they arrived. What is not acknowledged is
 * bounded: further elements are requested only as the client takes results.
 */
final class CreationStream
    implements MessageSource<StreamCreateTasksResponse>, StreamObserver<StreamCreateTasksRequest> {
  /** Two commits' worth: one is written while the other gathers. */
  static final int MOST_UNDER_WAY = 1024;

  /** Beyond this no element is asked for; those that were may add 64 x 256 KiB. */
  private static final long MOST_BYTES = 4L * 1024 * 1024;

  private static final int MOST_ASKED_AT_ONCE = 64;
  private static final int MOST_RESULTS = 512;

  /** Creates the task of an element. */
  @FunctionalInterface
  interface Elements {
    /**
     * The result of the element; the stage never fails.
     *
     * @param before the largest sequence of the elements before
     */
    CompletionStage<StreamCreateTasksResult> create(StreamCreateTasksRequest element, long before);
  }

  private static final class Element {
    private final long size;
    private StreamCreateTasksResult result;

    Element(long size) {
      this.size = size;
    }
  }

  private final Deque<Element> inFlight = new ArrayDeque<>();
  private final Elements elements;
  private final InboundWindow window;
  private final Alarm alarm;
  private final Duration lifetime;
  private volatile Runnable wake = () -> {};
  private Deadline end;
  private long sequence;
  private boolean halfClosed;
  private boolean closed;

  CreationStream(Elements elements, IntConsumer ask, Alarm alarm, Duration lifetime) {
    this.elements = elements;
    this.window = new InboundWindow(ask, MOST_UNDER_WAY, MOST_BYTES, MOST_ASKED_AT_ONCE);
    this.alarm = alarm;
    this.lifetime = lifetime;
  }

  @Override
  public void open(Runnable wakeUp) {
    wake = wakeUp;
    end = new Deadline(alarm, lifetime, wakeUp);
    window.ask();
  }

  @Override
  public void onNext(StreamCreateTasksRequest request) {
    Element element = new Element(request.getSerializedSize());
    long before = sequence;
    sequence = Math.max(sequence, request.getSequence());
    window.received(element.size);
    synchronized (this) {
      if (closed) {
        return;
      }
      inFlight.add(element);
    }
    elements.create(request, before).thenAccept(result -> complete(element, result));
    window.ask();
  }

  private void complete(Element element, StreamCreateTasksResult result) {
    boolean next;
    synchronized (this) {
      element.result = result;
      next = inFlight.peek() == element;
    }
    if (next) {
      wake.run();
    }
  }

  @Override
  public void onCompleted() {
    synchronized (this) {
      halfClosed = true;
    }
    wake.run();
  }

  /** The client has gone; the stream notices by itself. */
  @Override
  public void onError(Throwable gone) {
    window.close();
  }

  @Override
  public Optional<StreamCreateTasksResponse> next() {
    if (end.isOver()) {
      window.close();
    }
    StreamCreateTasksResponse.Builder response = StreamCreateTasksResponse.newBuilder();
    synchronized (this) {
      while (response.getResultsCount() < MOST_RESULTS && isNextComplete()) {
        Element element = inFlight.remove();
        window.answered(element.size);
        response.addResults(element.result);
      }
      if (response.getResultsCount() == 0 && end.isOver() && inFlight.isEmpty() && !halfClosed) {
        throw Lifetime.over();
      }
    }
    window.ask();
    return response.getResultsCount() == 0 ? Optional.empty() : Optional.of(response.build());
  }

  private boolean isNextComplete() {
    return !inFlight.isEmpty() && inFlight.peek().result != null;
  }

  @Override
  public synchronized boolean isDone() {
    return halfClosed && inFlight.isEmpty();
  }

  @Override
  public void close() {
    window.close();
    end.cancel();
    synchronized (this) {
      closed = true;
      inFlight.clear();
    }
  }
}
