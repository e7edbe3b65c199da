package io.tasklane.grpc.call;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.tasklane.api.Generated;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * What is kept of a response, and how the response comes of it again.
 *
 * @param kept leaves out what the request says
 * @param parser reads what was kept
 * @param restored puts in what was left out, and what PostgreSQL had not generated yet
 * @param <R> the response
 */
public record StoredForm<R extends Message>(
    UnaryOperator<R> kept, Parser<R> parser, BiFunction<R, Optional<Generated>, R> restored) {
  /** All of the response, which is known before it is kept. */
  public static <R extends Message> StoredForm<R> whole(Parser<R> parser) {
    return new StoredForm<>(UnaryOperator.identity(), parser, (response, generated) -> response);
  }
}
