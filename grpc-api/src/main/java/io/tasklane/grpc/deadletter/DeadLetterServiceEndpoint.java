package io.tasklane.grpc.deadletter;

import io.grpc.stub.StreamObserver;
import io.tasklane.api.CopyOptions;
import io.tasklane.api.DeadLetterQuery;
import io.tasklane.api.ListPosition;
import io.tasklane.deadletter.DeadLetter;
import io.tasklane.filter.DeadLetterFilter;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.ListFilter;
import io.tasklane.grpc.call.PageLimit;
import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.call.PositionToken;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.service.DeadLetterService;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.v1.DeadLetterServiceGrpc;
import io.tasklane.v1.DiscardDeadLetterRequest;
import io.tasklane.v1.DiscardDeadLetterResponse;
import io.tasklane.v1.GetDeadLetterRequest;
import io.tasklane.v1.GetDeadLetterResponse;
import io.tasklane.v1.ListDeadLettersRequest;
import io.tasklane.v1.ListDeadLettersResponse;
import io.tasklane.v1.ReplayDeadLetterRequest;
import io.tasklane.v1.ReplayDeadLetterResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Serves DeadLetterService. */
public final class DeadLetterServiceEndpoint
    extends DeadLetterServiceGrpc.DeadLetterServiceImplBase {
  private final Calls calls;
  private final DeadLetterService letters;

  /**
   * Creates the endpoint.
   *
   * @param calls how calls are served
   * @param letters reads and replays dead letters
   */
  public DeadLetterServiceEndpoint(Calls calls, DeadLetterService letters) {
    this.calls = calls;
    this.letters = letters;
  }

  @Override
  public void getDeadLetter(
      GetDeadLetterRequest request, StreamObserver<GetDeadLetterResponse> out) {
    calls.answer(request, out, this::get);
  }

  @Override
  public void listDeadLetters(
      ListDeadLettersRequest request, StreamObserver<ListDeadLettersResponse> out) {
    calls.answer(request, out, this::list);
  }

  @Override
  public void replayDeadLetter(
      ReplayDeadLetterRequest request, StreamObserver<ReplayDeadLetterResponse> out) {
    calls.answerLater(request, out, this::replay);
  }

  @Override
  public void discardDeadLetter(
      DiscardDeadLetterRequest request, StreamObserver<DiscardDeadLetterResponse> out) {
    calls.answerLater(request, out, this::discard);
  }

  private GetDeadLetterResponse get(GetDeadLetterRequest request) {
    return GetDeadLetterResponse.newBuilder()
        .setDeadLetter(DeadLetterMapping.toWire(letters.get(id(request.getName()))))
        .build();
  }

  private ListDeadLettersResponse list(ListDeadLettersRequest request) {
    PageToken token = new PageToken("dead letters", request.getFilter());
    Optional<ListPosition> after = PositionToken.of(token, request.getPageToken());
    DeadLetterFilter filter = ListFilter.read(request.getFilter(), DeadLetterFilter::parse);
    int size = PageSize.of(request.getPageSize());
    List<DeadLetter> found = letters.list(new DeadLetterQuery(filter, after, size));
    List<io.tasklane.v1.DeadLetter> page =
        PageLimit.fitting(found.stream().map(DeadLetterMapping::toWire).toList());
    ListDeadLettersResponse.Builder response =
        ListDeadLettersResponse.newBuilder().addAllDeadLetters(page);
    if (!page.isEmpty() && (page.size() < found.size() || page.size() == size)) {
      DeadLetter last = found.get(page.size() - 1);
      ListPosition end = new ListPosition(Optional.of(last.createTime()), last.taskKey().value());
      response.setNextPageToken(token.after(PositionToken.text(end)));
    }
    return response.build();
  }

  private CompletionStage<ReplayDeadLetterResponse> replay(ReplayDeadLetterRequest request) {
    Replay<Task, ReplayDeadLetterResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            task -> ReplayDeadLetterResponse.newBuilder().setTask(task.name()).build(),
            ReplayDeadLetterResponse.parser());
    Optional<Payload> input =
        request.hasInputOverride()
            ? Optional.of(PayloadMapping.fromWire(request.getInputOverride()))
            : Optional.empty();
    CopyOptions options =
        new CopyOptions(input, request.getIgnoreDependencies(), request.getFreshSteps());
    return letters
        .replay(id(request.getName()), options, request.getReason(), replay.change())
        .thenApply(replay::response);
  }

  private CompletionStage<DiscardDeadLetterResponse> discard(DiscardDeadLetterRequest request) {
    Replay<String, DiscardDeadLetterResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            name -> DiscardDeadLetterResponse.getDefaultInstance(),
            DiscardDeadLetterResponse.parser());
    return letters
        .discard(id(request.getName()), request.getReason(), replay.change())
        .thenApply(replay::response);
  }

  private static String id(String name) {
    return WireName.DEAD_LETTER.id(name, "name");
  }
}
