package io.tasklane.artifact;

import io.tasklane.api.ArtifactBytes;
import java.io.IOException;
import java.io.InputStream;

/** Bytes whose faults are reported as refusals. */
record RefusingBytes(InputStream in) implements ArtifactBytes {
  @Override
  public byte[] read(int most) {
    try {
      return in.readNBytes(most);
    } catch (IOException failed) {
      throw StorageErrors.refusal(failed);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException failed) {
      throw StorageErrors.refusal(failed);
    }
  }
}
