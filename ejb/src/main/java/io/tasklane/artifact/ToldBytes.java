package io.tasklane.artifact;

import io.tasklane.app.ArtifactBytes;
import java.io.IOException;
import java.io.InputStream;

/** Bytes whose faults are told as refusals. */
record ToldBytes(InputStream in) implements ArtifactBytes {
  @Override
  public byte[] read(int most) {
    try {
      return in.readNBytes(most);
    } catch (IOException failed) {
      throw StorageFaults.told(failed);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException failed) {
      throw StorageFaults.told(failed);
    }
  }
}
