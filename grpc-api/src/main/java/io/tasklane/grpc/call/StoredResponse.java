package io.tasklane.grpc.call;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.tasklane.api.Answer;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * How a response is stored for repeated requests, and restored.
 *
 * @param kept removes what the request repeats
 * @param parser reads what was kept
 * @param restored adds what was left out, and what PostgreSQL had not generated yet
 * @param <R> the response
 */
public record StoredResponse<R extends Message>(
    UnaryOperator<R> kept,
    Parser<R> parser,
    BiFunction<R, Optional<Answer.Generated>, R> restored) {
  /** The whole response is stored, as it is known before that. */
  public static <R extends Message> StoredResponse<R> whole(Parser<R> parser) {
    return new StoredResponse<>(
        UnaryOperator.identity(), parser, (response, generated) -> response);
  }
}
