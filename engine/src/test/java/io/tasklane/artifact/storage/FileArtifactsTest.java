package io.tasklane.artifact.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileArtifactsTest extends StorageContract {
  @TempDir Path folder;
  private ArtifactStorage storage;

  @BeforeEach
  void open() {
    storage = new FileArtifacts(folder.resolve("objects"));
  }

  @Override
  ArtifactStorage storage() {
    return storage;
  }
}
