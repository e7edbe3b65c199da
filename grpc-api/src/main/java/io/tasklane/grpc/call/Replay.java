package io.tasklane.grpc.call;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a change is answered, the first time and again: a repeated request_id gets the first answer,
 * byte for byte.
 *
 * @param change what the application needs to know about the call
 * @param fresh turns what was done into the response
 * @param stored how the response is kept
 * @param <T> what is done
 * @param <R> the response
 */
public record Replay<T, R extends Message>(
    Change<T> change, Function<T, R> fresh, StoredResponse<R> stored) {

  /**
   * For the call that is served on this thread, whose response is kept as it is.
   *
   * @param request the whole request
   * @param requestId its request_id, empty if it has none
   */
  public static <T, R extends Message> Replay<T, R> of(
      Message request, String requestId, Function<T, R> fresh, Parser<R> parser) {
    return of(request, requestId, fresh, StoredResponse.whole(parser));
  }

  /**
   * For the call that is served on this thread.
   *
   * @param request the whole request
   * @param requestId its request_id, empty if it has none
   */
  public static <T, R extends Message> Replay<T, R> of(
      Message request, String requestId, Function<T, R> fresh, StoredResponse<R> stored) {
    CallInfo call = CallInfo.current();
    Optional<String> id = requestId.isEmpty() ? Optional.empty() : Optional.of(requestId);
    byte[] hash = id.isPresent() ? RequestHash.of(request) : new byte[0];
    Function<T, byte[]> encoder = fresh.andThen(stored.kept()).andThen(Message::toByteArray);
    Change<T> change = new Change<>(call.caller(), call.method(), id, hash, encoder);
    return new Replay<>(change, fresh, stored);
  }

  /** The response for this answer, fresh or stored. */
  public R response(Answer<T> answer) {
    if (answer instanceof Answer.Stored<T> before) {
      return stored.restored().apply(parsed(before.bytes()), before.generated());
    }
    return fresh.apply(((Answer.Fresh<T>) answer).value());
  }

  private R parsed(byte[] bytes) {
    try {
      return stored.parser().parseFrom(bytes);
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalStateException(
          "the stored answer to request " + change.requestId().orElse("") + " cannot be read",
          broken);
    }
  }
}
