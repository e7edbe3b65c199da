package io.tasklane.grpc.call;

import com.google.protobuf.Message;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tasklane.grpc.error.FaultDesk;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.Feed;
import io.tasklane.grpc.stream.OpenStreams;
import io.tasklane.grpc.stream.ServerStream;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * The one way in which calls are served: check the request, do the work, send the answer or what
 * went wrong. That may be an {@link Error} too, after which the transport would end the call
 * without a word.
 *
 * @param check the rules of the contract
 * @param faults knows what clients are told about failures
 * @param executor runs streams
 * @param open the streams and uploads that end with the server
 */
public record Calls(RequestCheck check, FaultDesk faults, Executor executor, OpenStreams open) {

  /** Serves a call whose answer is there at once. */
  public <Q extends Message, R> void answer(Q request, StreamObserver<R> out, Function<Q, R> work) {
    Reply<R> reply = reply(out);
    try {
      check.check(request);
      reply.send(work.apply(request));
    } catch (RuntimeException | Error failure) {
      reply.fail(failure);
    }
  }

  /** Serves a call whose answer comes later, on whatever thread completes it. */
  public <Q extends Message, R> void answerLater(
      Q request, StreamObserver<R> out, Function<Q, CompletionStage<R>> work) {
    Reply<R> reply = reply(out);
    try {
      check.check(request);
      work.apply(request).whenComplete(reply::settle);
    } catch (RuntimeException | Error failure) {
      reply.fail(failure);
    }
  }

  /** Serves a call from a feed, as fast as the client reads. */
  public <Q extends Message, R> void stream(
      Q request, StreamObserver<R> out, Function<Q, Feed<R>> work) {
    Reply<R> reply = reply(out);
    try {
      check.check(request);
      new ServerStream<>(observer(out), executor, failure -> reply.told(failure), open)
          .start(work.apply(request));
    } catch (RuntimeException | Error failure) {
      reply.fail(failure);
    }
  }

  /**
   * Serves a call whose requests come one after another. The next is read from the wire when the
   * one before it is taken, so a client is never faster than the work.
   *
   * @param alarm goes off when the client keeps silent for too long
   * @param opening begins the work
   */
  public <Q extends Message, R> StreamObserver<Q> collect(
      StreamObserver<R> out, Alarm alarm, Supplier<Intake<Q, R>> opening) {
    Collecting<Q, R> collecting = new Collecting<>(reply(out), this, alarm);
    collecting.begin(opening);
    return collecting;
  }

  /**
   * Serves a call in which both sides send: what the client sends goes to the feed, which asks for
   * it, and never more than it can take.
   *
   * @param work makes the feed from what asks the client for so many messages more
   */
  public <Q, R, F extends Feed<R> & StreamObserver<Q>> StreamObserver<Q> exchange(
      StreamObserver<R> out, Function<IntConsumer, F> work) {
    Reply<R> reply = reply(out);
    ServerCallStreamObserver<R> client = observer(out);
    client.disableAutoRequest();
    F feed = work.apply(client::request);
    new ServerStream<>(client, executor, failure -> reply.told(failure), open).start(feed);
    return feed;
  }

  private <R> Reply<R> reply(StreamObserver<R> out) {
    return new Reply<>(observer(out), faults, CallInfo.current().method());
  }

  private static <R> ServerCallStreamObserver<R> observer(StreamObserver<R> out) {
    return (ServerCallStreamObserver<R>) out;
  }
}
