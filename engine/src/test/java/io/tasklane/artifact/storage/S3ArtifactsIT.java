package io.tasklane.artifact.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.config.ArtifactsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The storage against a server that speaks S3, in a process of its own. */
class S3ArtifactsIT extends StorageContract {
  @TempDir static Path folder;
  private static S3Server server;
  private static ArtifactStorage storage;

  @BeforeAll
  static void start() throws IOException {
    server = new S3Server(folder);
    storage = storage(server.endpoint(), S3Server.BUCKET);
  }

  @AfterAll
  static void stop() {
    storage.close();
    server.close();
  }

  @Override
  ArtifactStorage storage() {
    return storage;
  }

  @Test
  void a_bucket_that_is_missing_is_a_fault_and_no_missing_object() throws IOException {
    try (ArtifactStorage elsewhere = storage(server.endpoint(), "no-such-bucket")) {
      Path file = file(new byte[1]);
      assertThatThrownBy(() -> elsewhere.put("a-1", file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no-such-bucket");
      assertThatThrownBy(() -> elsewhere.open("a-1", 0))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void a_server_that_is_away_is_a_fault_that_says_so() throws IOException {
    try (ArtifactStorage nowhere = storage(URI.create("http://127.0.0.1:1"), S3Server.BUCKET)) {
      Path file = file(new byte[1]);
      assertThatThrownBy(() -> nowhere.put("a-1", file)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> nowhere.open("a-1", 0))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> nowhere.remove("a-1"))
          .isInstanceOf(IOException.class)
          .hasMessageNotContaining("very-secret");
    }
  }

  @Test
  void what_was_put_by_one_client_is_there_for_another() throws IOException {
    storage.put("shared-1", file(new byte[] {1, 2, 3}));
    try (ArtifactStorage other = storage(server.endpoint(), S3Server.BUCKET);
        InputStream in = other.open("shared-1", 0)) {
      assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
    }
  }

  private static ArtifactStorage storage(URI endpoint, String bucket) throws IOException {
    Path credentials =
        Files.writeString(
            folder.resolve("credentials"),
            "[default]\naws_access_key_id = key\naws_secret_access_key = very-secret\n");
    return new S3Artifacts(
        new ArtifactsConfig.S3(
            Optional.of(endpoint), bucket, "us-east-1", Optional.of(credentials)));
  }
}
