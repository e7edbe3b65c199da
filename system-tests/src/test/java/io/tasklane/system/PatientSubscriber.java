package io.tasklane.system;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A subscriber that reads its first message, and then nothing until it is told to. */
final class PatientSubscriber
    implements ClientResponseObserver<SubscribeEventsRequest, SubscribeEventsResponse> {
  private final List<Event> read = new ArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private ClientCallStreamObserver<SubscribeEventsRequest> call;
  private boolean reads;
  private Throwable fault;

  /** Subscribes behind this token. */
  static PatientSubscriber of(Client client, String token) throws InterruptedException {
    PatientSubscriber subscriber = new PatientSubscriber();
    EventServiceGrpc.newStub(client.channel())
        .subscribeEvents(
            SubscribeEventsRequest.newBuilder()
                .setFilter(EventTraffic.FILTER)
                .setResumeToken(token)
                .build(),
            subscriber);
    if (!subscriber.begun.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("no first message within 30 s");
    }
    return subscriber;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<SubscribeEventsRequest> stream) {
    call = stream;
    stream.disableAutoRequestWithInitial(1);
  }

  @Override
  public synchronized void onNext(SubscribeEventsResponse message) {
    read.addAll(message.getBatch().getEventsList());
    begun.countDown();
    if (reads) {
      call.request(1);
    }
  }

  /** Reads on. */
  synchronized void read() {
    reads = true;
    call.request(1);
  }

  /** How many events it has read. */
  synchronized int count() {
    if (fault != null) {
      throw new AssertionError("the stream broke", fault);
    }
    return read.size();
  }

  /** What it has read, in its order. */
  synchronized List<Event> events() {
    return List.copyOf(read);
  }

  void cancel() {
    call.cancel("the test is over", null);
  }

  @Override
  public synchronized void onError(Throwable failure) {
    fault = failure;
  }

  @Override
  public void onCompleted() {
    onError(new IllegalStateException("ended"));
  }
}
