package io.tasklane.cli;

import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.Actor;
import io.tasklane.v1.DeadLetter;
import io.tasklane.v1.DeadLetterServiceGrpc;
import io.tasklane.v1.DiscardDeadLetterRequest;
import io.tasklane.v1.DiscardDeadLetterResponse;
import io.tasklane.v1.Failure;
import io.tasklane.v1.GetDeadLetterRequest;
import io.tasklane.v1.GetDeadLetterResponse;
import io.tasklane.v1.ListDeadLettersRequest;
import io.tasklane.v1.ListDeadLettersResponse;
import io.tasklane.v1.ReplayDeadLetterRequest;
import io.tasklane.v1.ReplayDeadLetterResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The service of dead letters of the fake server: it remembers what it was asked. */
public final class FakeDeadLetters extends DeadLetterServiceGrpc.DeadLetterServiceImplBase {
  public final List<Message> asked = new CopyOnWriteArrayList<>();

  @Override
  public void getDeadLetter(
      GetDeadLetterRequest request, StreamObserver<GetDeadLetterResponse> answer) {
    asked.add(request);
    answer.onNext(
        GetDeadLetterResponse.newBuilder().setDeadLetter(letter(request.getName())).build());
    answer.onCompleted();
  }

  /** Two pages of one each. */
  @Override
  public void listDeadLetters(
      ListDeadLettersRequest request, StreamObserver<ListDeadLettersResponse> answer) {
    asked.add(request);
    boolean second = !request.getPageToken().isEmpty();
    answer.onNext(
        ListDeadLettersResponse.newBuilder()
            .addDeadLetters(letter("deadLetters/t" + (second ? 2 : 1)))
            .setNextPageToken(second ? "" : "more")
            .build());
    answer.onCompleted();
  }

  @Override
  public void replayDeadLetter(
      ReplayDeadLetterRequest request, StreamObserver<ReplayDeadLetterResponse> answer) {
    asked.add(request);
    answer.onNext(ReplayDeadLetterResponse.newBuilder().setTask("tasks/again").build());
    answer.onCompleted();
  }

  @Override
  public void discardDeadLetter(
      DiscardDeadLetterRequest request, StreamObserver<DiscardDeadLetterResponse> answer) {
    asked.add(request);
    answer.onNext(DiscardDeadLetterResponse.getDefaultInstance());
    answer.onCompleted();
  }

  private static DeadLetter letter(String name) {
    return DeadLetter.newBuilder()
        .setName(name)
        .setQueue("queues/DATA_FETCHER")
        .setFingerprint("0123456789abcdef")
        .setReplayCount(1)
        .setLastReplayActor(Actor.newBuilder().setPrincipal("user:bob").setReason("again"))
        .setFailure(
            Failure.newBuilder()
                .setCode("FEED_DOWN")
                .setMessage("503")
                .setStackTrace("java.io.IOException: 503\n\tat a.B.c(B.java:1)\n"))
        .build();
  }
}
