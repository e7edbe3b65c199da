package io.tasklane.grpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.grpc.call.RequestCheck;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.task.Payload;
import io.tasklane.v1.PayloadReference;
import org.junit.jupiter.api.Test;

class PayloadMappingTest {
  private static final String HASH = "0a".repeat(32);
  private final RequestCheck check = new RequestCheck();

  @Test
  void a_reference_goes_to_the_wire_and_back_with_the_type_of_its_bytes() {
    Payload payload = Payload.reference(new ArtifactReference(HASH, 5_000_000_000L, "image/png"));
    io.tasklane.v1.Payload wire = PayloadMapping.toWire(payload);
    check.check(wire);
    assertThat(wire.getContentType()).isEqualTo("image/png");
    assertThat(wire.getReference().getUri()).isEqualTo("artifacts/" + HASH);
    assertThat(wire.getReference().getSizeBytes()).isEqualTo(5_000_000_000L);
    assertThat(PayloadMapping.fromWire(wire)).isEqualTo(payload);
  }

  @Test
  void a_reference_without_a_type_is_to_json() {
    io.tasklane.v1.Payload wire =
        io.tasklane.v1.Payload.newBuilder().setReference(reference("artifacts/" + HASH)).build();
    assertThat(PayloadMapping.fromWire(wire).reference().orElseThrow().contentType())
        .isEqualTo("application/json");
  }

  @Test
  void a_reference_to_elsewhere_is_refused() {
    for (String uri : new String[] {"s3://bucket/key", "artifacts/" + "0b".repeat(32), ""}) {
      io.tasklane.v1.Payload wire =
          io.tasklane.v1.Payload.newBuilder().setReference(reference(uri)).build();
      assertThatThrownBy(() -> check.check(wire))
          .isInstanceOf(InvalidRequest.class)
          .hasMessageContaining("reference");
    }
  }

  @Test
  void inline_bytes_cannot_pass_themselves_off_as_a_reference() {
    io.tasklane.v1.Payload wire =
        io.tasklane.v1.Payload.newBuilder()
            .setContentType(Payload.REFERENCE)
            .setInline(ByteString.copyFromUtf8("artifacts/" + HASH + " 1 text/plain"))
            .build();
    assertThatThrownBy(() -> check.check(wire))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("content_type");
  }

  private static PayloadReference reference(String uri) {
    return PayloadReference.newBuilder().setUri(uri).setSha256(HASH).setSizeBytes(1).build();
  }
}
