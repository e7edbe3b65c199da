package io.tasklane.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.task.Payload;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ArtifactReferenceTest {
  private static final String HASH = "0a".repeat(32);

  @Test
  void a_payload_by_reference_says_which_bytes_are_meant() {
    for (long size : new long[] {0, 1, 5_000_000_000L}) {
      ArtifactReference reference = new ArtifactReference(HASH, size, "text/plain; charset=utf-8");
      Payload payload = Payload.reference(reference);
      assertThat(payload.reference()).contains(reference);
      assertThat(payload.isJson()).isFalse();
      assertThat(payload.body().length).isLessThan(Payload.MAX_BYTES);
    }
    assertThat(Payload.json("{}").reference()).isEmpty();
    assertThat(new ArtifactReference(HASH, 1, "a/b").name()).isEqualTo("artifacts/" + HASH);
  }

  @Test
  void a_payload_that_only_says_that_it_is_a_reference_is_none() {
    for (String body :
        new String[] {
          "", "{}", HASH, "artifacts/" + HASH, "artifacts/x 1 a/b", "artifacts/" + HASH + " -1 a/b"
        }) {
      assertThatThrownBy(
              () -> new Payload(Payload.REFERENCE, body.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_wrong_part_is_named() {
    assertThatThrownBy(() -> new ArtifactReference("0A".repeat(32), 1, "a/b"))
        .hasMessageContaining("SHA-256");
    assertThatThrownBy(() -> new ArtifactReference(HASH, -1, "a/b"))
        .hasMessageContaining("size -1");
    assertThatThrownBy(() -> new ArtifactReference(HASH, 1, "a/b\n"))
        .hasMessageContaining("content");
  }
}
