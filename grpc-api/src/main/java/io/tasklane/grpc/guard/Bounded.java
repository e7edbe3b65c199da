package io.tasklane.grpc.guard;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Gives no more than so many bytes of a message whose length nobody knows, as it is compressed. */
final class Bounded extends FilterInputStream {
  private long left;

  Bounded(InputStream in, long most) {
    super(in);
    left = most;
  }

  /** Of a stream that knows it: {@link io.grpc.KnownLength}. */
  static int lengthOf(InputStream stream) {
    try {
      return stream.available();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Whether more was there than is given. */
  boolean isExceeded() {
    return left < 0;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = super.read(into, from, length);
    count(Math.max(read, 0));
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long skipped = super.skip(wanted);
    count(skipped);
    return skipped;
  }

  private void count(long bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new IOException("the message is too large");
    }
  }
}
