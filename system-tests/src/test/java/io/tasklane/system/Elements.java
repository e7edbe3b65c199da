package io.tasklane.system;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.StreamCreateTasksRequest;
import io.tasklane.v1.StreamCreateTasksResponse;
import io.tasklane.v1.StreamCreateTasksResult;
import io.tasklane.v1.TaskServiceGrpc;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A StreamCreateTasks and what its elements are answered. */
final class Elements implements StreamObserver<StreamCreateTasksResponse> {
  private final StreamObserver<StreamCreateTasksRequest> out;
  private final List<StreamCreateTasksResult> results = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private long sequence;

  Elements(Client client) {
    out = TaskServiceGrpc.newStub(client.channel()).streamCreateTasks(this);
  }

  void send(CreateTaskRequest request) {
    out.onNext(
        StreamCreateTasksRequest.newBuilder().setSequence(++sequence).setRequest(request).build());
  }

  /** Half-closes; then "OK" or code and reason of each element, in order. */
  List<String> answers(int count) throws Exception {
    out.onCompleted();
    String ended = end.get(90, TimeUnit.SECONDS);
    if (!ended.equals("OK") || results.size() != count) {
      throw new AssertionError(ended + " after " + results);
    }
    return results.stream().map(Elements::answer).toList();
  }

  /** Waits until so many elements are answered. */
  void awaitAnswers(int count) throws InterruptedException {
    for (int i = 0; results.size() < count; i++) {
      if (i == 900) {
        throw new AssertionError("after 90 s there are " + results);
      }
      Thread.sleep(100);
    }
  }

  /** "OK", or code and reason of the whole stream. */
  String end() throws Exception {
    return end.get(90, TimeUnit.SECONDS);
  }

  private static String answer(StreamCreateTasksResult result) {
    if (!result.hasStatus() || result.getStatus().getCode() == 0) {
      return "OK";
    }
    try {
      for (Any detail : result.getStatus().getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          String code = Status.fromCodeValue(result.getStatus().getCode()).getCode().name();
          return code + " " + detail.unpack(ErrorInfo.class).getReason();
        }
      }
    } catch (InvalidProtocolBufferException broken) {
      throw new AssertionError(broken);
    }
    return result.getStatus().toString();
  }

  @Override
  public void onNext(StreamCreateTasksResponse response) {
    results.addAll(response.getResultsList());
  }

  @Override
  public void onError(Throwable failure) {
    StatusRuntimeException refusal = (StatusRuntimeException) failure;
    end.complete(refusal.getStatus().getCode() + " " + Refusals.reason(refusal));
  }

  @Override
  public void onCompleted() {
    end.complete("OK");
  }
}
