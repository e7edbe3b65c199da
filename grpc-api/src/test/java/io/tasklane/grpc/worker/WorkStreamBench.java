package io.tasklane.grpc.worker;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.Completion;
import io.tasklane.v1.Credit;
import io.tasklane.v1.Hello;
import io.tasklane.v1.TaskType;
import io.tasklane.v1.WorkRequest;
import io.tasklane.v1.WorkResponse;
import io.tasklane.v1.Worker;
import io.tasklane.v1.WorkerServiceGrpc;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A Work stream to a service that the test plays. */
abstract class WorkStreamBench {
  static final String LEASE = "tasks/a/leases/7";

  ApiOfTest api;
  final BlockingQueue<Object> got = new LinkedBlockingQueue<>();
  StreamObserver<WorkRequest> worker;
  long sequence;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    worker =
        WorkerServiceGrpc.newStub(api.channel)
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

  @AfterEach
  void stop() {
    api.close();
  }

  static WorkRequest.Builder hello() {
    return WorkRequest.newBuilder()
        .setHello(
            Hello.newBuilder()
                .setWorker(Worker.newBuilder().setHost("h").setSlots(4).addQueues("queues/NEWS"))
                .addLeaseIds(LEASE)
                .addTaskTypes(TaskType.newBuilder().setTaskType("news").setRevision(3)));
  }

  static WorkRequest.Builder credit() {
    return WorkRequest.newBuilder().setCredit(Credit.newBuilder().setOffers(2));
  }

  static WorkRequest.Builder completion(String result) {
    return WorkRequest.newBuilder()
        .setCompletion(
            Completion.newBuilder()
                .setLeaseId(LEASE)
                .setFencingToken(7)
                .setResult(
                    io.tasklane.v1.Payload.newBuilder()
                        .setInline(ByteString.copyFromUtf8(result))));
  }

  void say(WorkRequest.Builder request) {
    worker.onNext(request.setSequence(++sequence).build());
  }

  Object next() throws InterruptedException {
    Object next = got.poll(60, TimeUnit.SECONDS);
    assertThat(next).as("something within 60 s").isNotNull();
    return next instanceof WorkResponse response && response.hasPing() ? next() : next;
  }

  WorkResponse response() throws InterruptedException {
    return (WorkResponse) next();
  }

  void welcomed() throws InterruptedException {
    say(hello());
    assertThat(response().hasWelcome()).isTrue();
    assertThat(response().getAcknowledgement().getSequence()).isEqualTo(1);
  }

  String error() throws InterruptedException {
    return codeAndReason((Throwable) next());
  }
}
