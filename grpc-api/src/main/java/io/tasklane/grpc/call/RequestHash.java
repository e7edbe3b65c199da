package io.tasklane.grpc.call;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Distinguishes requests under the same request_id. */
final class RequestHash {
  private static final int BYTES = 16;

  private RequestHash() {}

  /**
   * The first 16 bytes of SHA-256 over the request without its request_id, with map entries in one
   * order.
   */
  static byte[] of(Message request) {
    Message body =
        RequestIdField.of(request)
            .map(id -> request.toBuilder().clearField(id).build())
            .orElse(request);
    byte[] bytes = new byte[body.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      body.writeTo(out);
      out.checkNoSpaceLeft();
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), BYTES);
    } catch (IOException cannotHappenInMemory) {
      throw new UncheckedIOException(cannotHappenInMemory);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
