package io.tasklane.system;

import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.WorkRequest;
import io.tasklane.v1.WorkResponse;
import io.tasklane.v1.WorkerServiceGrpc;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The client's end of a Work stream, on grpc-java alone. */
final class WorkerStream {
  private final BlockingQueue<Object> got = new LinkedBlockingQueue<>();
  private final StreamObserver<WorkRequest> out;
  private long sequence;

  WorkerStream(Channel channel) {
    out =
        WorkerServiceGrpc.newStub(channel)
            .work(
                new StreamObserver<>() {
                  @Override
                  public void onNext(WorkResponse response) {
                    got.add(response);
                  }

                  @Override
                  public void onError(Throwable error) {
                    got.add(error);
                  }

                  @Override
                  public void onCompleted() {
                    got.add("completed");
                  }
                });
  }

  /** Says something, and returns its sequence. */
  synchronized long say(WorkRequest.Builder request) {
    out.onNext(request.setSequence(++sequence).build());
    return sequence;
  }

  synchronized void halfClose() {
    out.onCompleted();
  }

  /** What comes next that is no sign of life. */
  Object next() throws InterruptedException {
    Object next = got.poll(60, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing within 60 s");
    }
    return next instanceof WorkResponse response && response.hasPing() ? next() : next;
  }

  WorkResponse response() throws InterruptedException {
    Object next = next();
    if (next instanceof Throwable error) {
      throw new IllegalStateException(error);
    }
    return (WorkResponse) next;
  }

  /** The error with which it ends; what comes before it is passed over. */
  Throwable error() throws InterruptedException {
    Object next = next();
    return next instanceof Throwable error ? error : error();
  }
}
