package io.tasklane.grpc.guard;

import com.google.protobuf.Message;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;

/**
 * Reads the messages of a method that may be read, and stands a marker for each of the others. A
 * marshaller that throws would end the call without a word, because nothing between it and the
 * transport can add any.
 */
final class CheckedMarshaller<M extends Message> implements PrototypeMarshaller<M> {
  private final PrototypeMarshaller<M> marshaller;
  private final int mostBytes;
  private final M tooLarge;
  private final M unreadable;

  CheckedMarshaller(PrototypeMarshaller<M> marshaller, int mostBytes) {
    this.marshaller = marshaller;
    this.mostBytes = mostBytes;
    this.tooLarge = marker();
    this.unreadable = marker();
  }

  /** An instance of its own, distinguished from every other by its identity. */
  private M marker() {
    @SuppressWarnings("unchecked") // a builder of M builds an M
    M marker = (M) marshaller.getMessagePrototype().newBuilderForType().build();
    return marker;
  }

  boolean isTooLarge(M message) {
    return message == tooLarge;
  }

  boolean isUnreadable(M message) {
    return message == unreadable;
  }

  @Override
  public M parse(InputStream stream) {
    if (stream instanceof KnownLength) {
      return Bounded.lengthOf(stream) > mostBytes ? tooLarge : parsed(stream);
    }
    Bounded inflating = new Bounded(stream, mostBytes);
    M message = parsed(inflating);
    return inflating.isExceeded() ? tooLarge : message;
  }

  private M parsed(InputStream stream) {
    try {
      return marshaller.parse(stream);
    } catch (StatusRuntimeException broken) {
      return unreadable;
    }
  }

  @Override
  public InputStream stream(M message) {
    return marshaller.stream(message);
  }

  @Override
  public Class<M> getMessageClass() {
    return marshaller.getMessageClass();
  }

  @Override
  public M getMessagePrototype() {
    return marshaller.getMessagePrototype();
  }
}
