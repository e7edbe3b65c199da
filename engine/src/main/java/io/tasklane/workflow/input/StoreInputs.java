package io.tasklane.workflow.input;

import io.tasklane.api.ArtifactUpload;
import io.tasklane.api.Refusal;
import io.tasklane.artifact.ArtifactStore;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.task.Payload;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stores inputs as artifacts that are too large to be inline, and then has their tasks created. It
 * works on a thread of its own, because the storage may be slow; where it is away, the next wake-up
 * tries again.
 */
public final class StoreInputs implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(StoreInputs.class.getName());
  private static final int AT_ONCE = 4;

  private final Database database;
  private final GroupCommitter committer;
  private final ArtifactStore artifacts;
  private final CommandKind<LargeInput.Stored, Boolean> starts;
  private final ExecutorService thread;

  /**
   * Stores them in these artifacts.
   *
   * @param starts creates the task of an input that was stored
   * @param threads makes its thread
   */
  public StoreInputs(
      Database database,
      GroupCommitter committer,
      ArtifactStore artifacts,
      CommandKind<LargeInput.Stored, Boolean> starts,
      ThreadFactory threads) {
    this.database = database;
    this.committer = committer;
    this.artifacts = artifacts;
    this.starts = starts;
    this.thread = Executors.newSingleThreadExecutor(threads);
  }

  /** There is something to store; returns at once. */
  public void wake() {
    if (!thread.isShutdown()) {
      thread.execute(this::storeAll);
    }
  }

  private void storeAll() {
    try {
      int skipped = 0;
      List<LargeInput> next = next(skipped);
      while (!next.isEmpty()) {
        for (LargeInput input : next) {
          skipped += isStored(input) ? 0 : 1;
        }
        next = next(skipped);
      }
    } catch (RuntimeException away) {
      LOG.log(Level.FINE, "the next wake-up stores the inputs of workflows", away);
    }
  }

  private List<LargeInput> next(int skipped) {
    return database.with(c -> LargeInput.next(c, AT_ONCE, skipped));
  }

  private boolean isStored(LargeInput input) {
    try {
      committer.submit(starts, stored(input)).join();
      return true;
    } catch (RuntimeException failed) {
      LOG.log(
          Level.WARNING,
          "the input of node " + input.node() + " is not stored yet; the next try follows soon",
          failed);
      return false;
    }
  }

  private LargeInput.Stored stored(LargeInput input) {
    try {
      Payload reference = store(input.request().input());
      return new LargeInput.Stored(input, Optional.of(reference), Optional.empty());
    } catch (Refusal refusal) {
      if (refusal.sort() == Refusal.Sort.UNAVAILABLE) {
        throw refusal;
      }
      return new LargeInput.Stored(input, Optional.empty(), Optional.of(refusal));
    }
  }

  private Payload store(Payload whole) {
    try (ArtifactUpload upload =
        artifacts.upload(whole.contentType(), Optional.empty(), "system:workflow")) {
      upload.write(ByteBuffer.wrap(whole.body()));
      return Payload.reference(upload.finish().reference());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
