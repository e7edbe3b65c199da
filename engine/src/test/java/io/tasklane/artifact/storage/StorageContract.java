package io.tasklane.artifact.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.artifact.ArtifactBench;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every storage keeps to. */
abstract class StorageContract {
  private static final int MIB = 1024 * 1024;
  @TempDir Path files;

  abstract ArtifactStorage storage();

  @Test
  void an_object_comes_back_from_any_offset() throws IOException {
    for (int size : new int[] {1, 1000, 3 * MIB + 1}) {
      byte[] bytes = ArtifactBench.bytes(size, size);
      storage().put("object-" + size, file(bytes));
      for (int offset : new int[] {0, size / 2, size - 1}) {
        try (InputStream in = storage().open("object-" + size, offset)) {
          assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, offset, size));
        }
      }
    }
  }

  @Test
  void an_empty_object_is_one() throws IOException {
    storage().put("empty-1", file(new byte[0]));
    try (InputStream in = storage().open("empty-1", 0)) {
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void an_object_that_is_not_read_to_the_end_does_not_hold_up_the_next() throws IOException {
    storage().put("long-1", file(ArtifactBench.bytes(1, 8 * MIB)));
    for (int i = 0; i < 20; i++) {
      try (InputStream in = storage().open("long-1", 0)) {
        assertThat(in.readNBytes(10)).hasSize(10);
      }
    }
  }

  @Test
  void a_removed_object_is_missing_and_removing_it_again_is_no_fault() throws IOException {
    storage().put("gone-1", file(new byte[10]));
    storage().remove("gone-1");
    storage().remove("gone-1");
    assertThatThrownBy(() -> storage().open("gone-1", 0)).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> storage().open("never-1", 0)).isInstanceOf(NoSuchFileException.class);
  }

  Path file(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(files, "upload", ".part"), bytes);
  }
}
