package io.tasklane.bench.raw;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Calls of the same server over the same channel that ask for next to nothing: its standard health
 * service, one after another. What a task costs to create one at a time cannot be less than this
 * and a commit together.
 */
public final class RawCalls implements RawLimit {
  /** As figures name it. */
  public static final String NAME = "gRPC, calls of the health service";

  private static final String SPARSE = NAME + " 5 ms apart";
  private static final byte[] EMPTY = {};
  private static final MethodDescriptor<byte[], byte[]> CHECK =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodType.UNARY)
          .setFullMethodName("grpc.health.v1.Health/Check")
          .setRequestMarshaller(new Bytes())
          .setResponseMarshaller(new Bytes())
          .build();

  private final Channel channel;
  private final String name;
  private final Duration pause;

  private RawCalls(Channel channel, String name, Duration pause) {
    this.channel = channel;
    this.name = name;
    this.pause = pause;
  }

  /** One call right after the other, over this channel to the server. */
  public static RawCalls busy(Channel channel) {
    return new RawCalls(channel, NAME, Duration.ZERO);
  }

  /** Each 5 ms after the one before, as where little is to be done. */
  public static RawCalls sparse(Channel channel) {
    return new RawCalls(channel, SPARSE, Duration.ofMillis(5));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double perSecond(Duration time) throws InterruptedException {
    return Rounds.perSecond(
        time,
        pause,
        done -> {
          ClientCalls.blockingUnaryCall(channel, CHECK, CallOptions.DEFAULT, EMPTY);
          return 1;
        });
  }

  /** Messages as they come. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}
