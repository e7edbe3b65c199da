package io.tasklane.grpc.call;

import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tasklane.grpc.error.ErrorReporter;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.MessageSource;
import io.tasklane.grpc.stream.OpenStreams;
import io.tasklane.grpc.stream.ServerStream;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Serves every call in the same way: check the request, do the work, send the response or the
 * error. A failure may be an {@link Error} too, after which the transport would end the call
 * without a reason.
 *
 * @param check the rules of the contract
 * @param errors turns failures into the errors that clients get
 * @param executor runs streams
 * @param open the streams and uploads that end with the server
 */
public record Calls(RequestCheck check, ErrorReporter errors, Executor executor, OpenStreams open) {

  /** Serves a call whose response is computed on this thread. */
  public <Q extends Message, R> void answer(Q request, StreamObserver<R> out, Function<Q, R> work) {
    Reply<R> reply = reply(out);
    try {
      check.check(request);
      reply.send(work.apply(request));
    } catch (RuntimeException | Error failure) {
      reply.fail(failure);
    }
  }

  /** Serves a call whose response is sent later, by the thread that completes it. */
  public <Q extends Message, R> void answerLater(
      Q request, StreamObserver<R> out, Function<Q, CompletionStage<R>> work) {
    Reply<R> reply = reply(out);
    try {
      check.check(request);
      work.apply(request).whenComplete(reply::complete);
    } catch (RuntimeException | Error failure) {
      reply.fail(failure);
    }
  }

  /** Serves a call from a source, as fast as the client reads. */
  public <Q extends Message, R> void stream(
      Q request, StreamObserver<R> out, Function<Q, MessageSource<R>> work) {
    Reply<R> reply = reply(out);
    try {
      check.check(request);
      new ServerStream<>(observer(out), executor, failure -> reply.error(failure), open)
          .start(work.apply(request));
    } catch (RuntimeException | Error failure) {
      reply.fail(failure);
    }
  }

  /**
   * Serves a call with a stream of requests. The next one is read from the wire after the one
   * before it was consumed, so a client is never faster than the work.
   *
   * @param alarm calls back when the client has been silent for too long
   * @param opening starts the work
   */
  public <Q extends Message, R> StreamObserver<Q> collect(
      StreamObserver<R> out, Alarm alarm, Supplier<RequestConsumer<Q, R>> opening) {
    RequestCollector<Q, R> collecting = new RequestCollector<>(reply(out), this, alarm);
    collecting.begin(opening);
    return collecting;
  }

  /**
   * Serves a call in which both sides send: what the client sends goes to the source, which asks
   * for it, and never more than it can take.
   *
   * @param work creates the source, given what requests so many more messages of the client
   */
  public <Q, R, F extends MessageSource<R> & StreamObserver<Q>> StreamObserver<Q> exchange(
      StreamObserver<R> out, Function<IntConsumer, F> work) {
    Reply<R> reply = reply(out);
    ServerCallStreamObserver<R> client = observer(out);
    client.disableAutoRequest();
    F source = work.apply(client::request);
    new ServerStream<>(client, executor, failure -> reply.error(failure), open).start(source);
    return source;
  }

  /** The error of a call, or of one message of a stream. */
  public StatusRuntimeException error(String method, Throwable failure) {
    return errors.answer(method, failure);
  }

  private <R> Reply<R> reply(StreamObserver<R> out) {
    return new Reply<>(observer(out), errors, CallInfo.current().method());
  }

  private static <R> ServerCallStreamObserver<R> observer(StreamObserver<R> out) {
    return (ServerCallStreamObserver<R>) out;
  }
}
