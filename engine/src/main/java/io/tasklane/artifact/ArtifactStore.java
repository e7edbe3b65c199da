package io.tasklane.artifact;

import io.tasklane.api.Answer;
import io.tasklane.api.ArtifactBytes;
import io.tasklane.api.ArtifactUpload;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.artifact.storage.ArtifactStorage;
import io.tasklane.artifact.storage.FileArtifacts;
import io.tasklane.artifact.storage.S3Artifacts;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.config.ArtifactsConfig;
import io.tasklane.database.Database;
import io.tasklane.feature.Feature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/**
 * Artifacts as a feature of the engine. Stores them: their rows in the database, their bytes in the
 * storage.
 */
public final class ArtifactStore implements Feature {
  /** How long storing an object may take before the clean-up considers it left over. */
  private static final Duration STORING = Duration.ofHours(24);

  private final Database database;
  private final GroupCommitter committer;
  private final ArtifactStorage storage;
  private final ArtifactsConfig config;
  private final RandomGenerator random;
  private final UploadFolder incoming;
  private final OrphanObjects leftovers;
  private final ObjectRemoval removal;
  private final KeepArtifacts keeping = new KeepArtifacts();
  private final DeleteArtifacts deleting = new DeleteArtifacts();

  /**
   * Opens the store.
   *
   * @param storage of the bytes
   * @param random draws the keys of objects
   * @param node its name, which no other node has
   */
  public ArtifactStore(
      Database database,
      GroupCommitter committer,
      ArtifactStorage storage,
      ArtifactsConfig config,
      RandomGenerator random,
      String node) {
    this.database = database;
    this.committer = committer;
    this.storage = storage;
    this.config = config;
    this.random = random;
    this.leftovers = new OrphanObjects(database);
    this.removal = new ObjectRemoval(storage, leftovers);
    this.incoming =
        new UploadFolder(config.folder().resolve("incoming").resolve(node), config.uploadsAtOnce());
  }

  /** A store over the configured storage. */
  public static ArtifactStore of(
      ArtifactsConfig config,
      Database database,
      GroupCommitter committer,
      RandomGenerator random,
      String node) {
    ArtifactStorage storage =
        config
            .s3()
            .<ArtifactStorage>map(S3Artifacts::new)
            .orElseGet(() -> new FileArtifacts(config.folder().resolve("objects")));
    return new ArtifactStore(database, committer, storage, config, random, node);
  }

  /** Removes what nobody needs any more. */
  public ArtifactCleaning cleaning() {
    return new ArtifactCleaning(database, committer, storage);
  }

  /** Begins an upload; see {@link ArtifactService#upload}. */
  public ArtifactUpload upload(
      String contentType, Optional<ArtifactReference> announced, String principal) {
    return new SpooledUpload(
        incoming,
        contentType,
        announced,
        config.maximumBytes(),
        (reference, file) -> keep(reference, file, principal));
  }

  /** The artifact; see {@link ArtifactService#get}. */
  public Artifact get(String sha256) {
    return require(sha256).artifact();
  }

  /** Opens an artifact; see {@link ArtifactService#open}. */
  public ArtifactBytes open(String sha256, long offset) {
    StoredArtifact stored = require(sha256);
    try {
      return new RefusingBytes(open(stored, offset));
    } catch (IOException failed) {
      throw StorageErrors.refusal(failed);
    }
  }

  /**
   * The bytes of an artifact.
   *
   * @throws Refusal NOT_FOUND: ARTIFACT_NOT_FOUND, also if the size differs
   * @throws IOException if the storage does not return it
   */
  public InputStream open(ArtifactReference named) throws IOException {
    StoredArtifact stored = require(named.sha256());
    if (stored.artifact().reference().sizeBytes() != named.sizeBytes()) {
      throw DeleteArtifacts.notFound(named.sha256());
    }
    return open(stored, 0);
  }

  /** Deletes an artifact; see {@link ArtifactService#delete}. */
  public Answer<String> delete(String sha256, Change<String> change) {
    Answer<String> answer = joined(committer.submit(deleting, sha256, change));
    if (answer instanceof Answer.Fresh<String> deleted) {
      removal.remove(deleted.value());
    }
    return answer;
  }

  @Override
  public List<Object> services() {
    return List.of(new ArtifactService(this));
  }

  @Override
  public void close() {
    storage.close();
  }

  private Artifact keep(ArtifactReference came, Path file, String principal) {
    Optional<StoredArtifact> known = keep(came, Optional.empty(), principal);
    if (known.isPresent()) {
      return known.get().artifact();
    }
    String key = came.sha256() + "-" + HexFormat.of().toHexDigits(random.nextLong());
    leftovers.plan(key, STORING);
    try {
      storage.put(key, file);
    } catch (IOException failed) {
      throw StorageErrors.refusal(failed);
    }
    return keep(came, Optional.of(key), principal).orElseThrow().artifact();
  }

  private Optional<StoredArtifact> keep(
      ArtifactReference came, Optional<String> key, String principal) {
    KeepArtifacts.Keep keep = new KeepArtifacts.Keep(came, key, principal, config.unusedTtl());
    return joined(committer.submit(keeping, keep));
  }

  private static <T> T joined(CompletableFuture<T> done) {
    try {
      return done.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof Refusal refusal ? refusal : failed;
    }
  }

  private InputStream open(StoredArtifact stored, long offset) throws IOException {
    ArtifactReference reference = stored.artifact().reference();
    if (offset > reference.sizeBytes()) {
      throw Refusal.of(
          Refusal.Sort.OUT_OF_RANGE,
          RefusalReason.OFFSET_OUT_OF_RANGE,
          reference.name(),
          "offset " + offset + " is behind the end: it has " + reference.sizeBytes() + " bytes");
    }
    if (offset == reference.sizeBytes() && offset > 0) {
      return InputStream.nullInputStream();
    }
    try {
      return new CheckedBytes(storage.open(stored.objectKey(), offset), reference, offset);
    } catch (NoSuchFileException missing) {
      // It was deleted just now, or lost: the row shows which.
      require(reference.sha256());
      throw new CorruptArtifactException(reference, "its bytes are gone");
    }
  }

  private StoredArtifact require(String sha256) {
    return find(sha256).orElseThrow(() -> DeleteArtifacts.notFound(sha256));
  }

  private Optional<StoredArtifact> find(String sha256) {
    return database.with(connection -> new ArtifactReader(connection).find(sha256));
  }
}
