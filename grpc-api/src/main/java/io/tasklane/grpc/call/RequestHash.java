package io.tasklane.grpc.call;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
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
    FieldDescriptor id = request.getDescriptorForType().findFieldByName("request_id");
    Message body = id == null ? request : request.toBuilder().clearField(id).build();
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
