package io.tasklane.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.ArtifactUpload;
import io.tasklane.api.Refusal;
import io.tasklane.artifact.storage.ArtifactStorage;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.task.FailureException;
import io.tasklane.task.run.StoredRunArtifacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept comes back as it was, once, and what is not kept leaves nothing behind. */
class ArtifactStoreTest {
  @TempDir Path folder;
  private final Database database = Postgres.empty();
  private final GroupCommitter committer = new GroupCommitter(database, Thread::new, () -> {});

  @AfterEach
  void close() {
    committer.close();
  }

  private ArtifactBench bench() {
    return new ArtifactBench(database, committer, folder);
  }

  @Test
  void bytes_come_back_as_they_were_whatever_their_number() {
    ArtifactBench bench = bench();
    for (int size : new int[] {0, 1, 777, 1000, 1554, 100_000}) {
      byte[] bytes = ArtifactBench.bytes(size, size);
      Artifact artifact = bench.keep(bytes, Optional.empty());
      assertThat(artifact.reference()).isEqualTo(ArtifactBench.referenceTo(bytes));
      assertThat(bench.read(artifact.reference().sha256(), 0)).isEqualTo(bytes);
      for (int offset : new int[] {0, 1, size / 2, size}) {
        if (offset <= size) {
          assertThat(bench.read(artifact.reference().sha256(), offset))
              .isEqualTo(Arrays.copyOfRange(bytes, offset, size));
        }
      }
      assertThat(bench.shelf.get(artifact.reference().sha256())).isEqualTo(artifact);
    }
  }

  @Test
  void the_same_bytes_twice_are_one_artifact_that_is_kept_longer() {
    ArtifactBench bench = bench();
    Artifact first = bench.keep("same");
    Postgres.run(database, "UPDATE artifact SET expire_time = now()");
    Artifact again = bench.keep("same");
    assertThat(again.reference()).isEqualTo(first.reference());
    assertThat(again.createTime()).isEqualTo(first.createTime());
    assertThat(again.expireTime()).isAfterOrEqualTo(first.expireTime());
    assertThat(count("artifact")).isOne();
    assertThat(count("artifact_leftover")).isZero();
    assertThat(bench.files()).hasSize(1);
  }

  @Test
  void of_two_uploads_of_the_same_bytes_at_once_the_first_is_kept_and_the_other_left_over() {
    ArtifactBench bench = bench();
    ArtifactReference same = bench.keep("same").reference();
    Postgres.run(
        database,
        "INSERT INTO artifact_leftover VALUES ('second', now() + interval '1 day', false)");
    KeepArtifacts.Keep second =
        new KeepArtifacts.Keep(same, Optional.of("second"), "tester", Duration.ofHours(1));
    assertThat(committer.submit(new KeepArtifacts(), second).join().orElseThrow().objectKey())
        .isNotEqualTo("second");
    assertThat(count("artifact_leftover")).isOne();
    assertThat(bench.cleaning.removeExpired(10)).isOne();
    assertThat(count("artifact_leftover")).isZero();
    assertThat(bench.read(same.sha256(), 0)).asString().isEqualTo("same");
  }

  @Test
  void bytes_that_took_so_long_that_they_were_cleaned_up_do_not_become_an_artifact() {
    bench();
    Postgres.run(database, "INSERT INTO artifact_leftover VALUES ('late', now(), true)");
    ArtifactReference late = ArtifactBench.referenceTo(new byte[] {1});
    KeepArtifacts.Keep keep =
        new KeepArtifacts.Keep(late, Optional.of("late"), "tester", Duration.ofHours(1));
    assertThatThrownBy(() -> committer.submit(new KeepArtifacts(), keep).join())
        .hasCauseInstanceOf(Refusal.class)
        .hasMessageContaining("upload it again");
    assertThat(count("artifact")).isZero();
  }

  @Test
  void bytes_other_than_announced_are_refused_and_not_kept() {
    ArtifactBench bench = bench();
    ArtifactReference other = ArtifactBench.referenceTo(new byte[] {1});
    refused("ARTIFACT_HASH_MISMATCH", () -> bench.keep(new byte[] {2}, Optional.of(other)));
    ArtifactReference longer = new ArtifactReference(other.sha256(), 2, "text/plain");
    refused("ARTIFACT_HASH_MISMATCH", () -> bench.keep(new byte[] {1}, Optional.of(longer)));
    assertNothingIsLeft(bench);
    assertThat(bench.keep(new byte[] {1}, Optional.of(other)).reference()).isEqualTo(other);
  }

  @Test
  void too_many_bytes_are_refused_as_soon_as_they_are_too_many() {
    ArtifactBench bench = bench();
    ArtifactReference announced =
        new ArtifactReference("0".repeat(64), ArtifactBench.LARGEST + 1, "text/plain");
    refused("ARTIFACT_TOO_LARGE", () -> bench.keep(new byte[0], Optional.of(announced)));
    byte[] most = new byte[(int) ArtifactBench.LARGEST];
    try (ArtifactUpload upload = bench.shelf.upload("text/plain", Optional.empty(), "tester")) {
      upload.write(ByteBuffer.wrap(most));
      refused("ARTIFACT_TOO_LARGE", () -> upload.write(ByteBuffer.wrap(new byte[1])));
    }
    assertNothingIsLeft(bench);
    assertThat(bench.keep(most, Optional.empty()).reference().sizeBytes())
        .isEqualTo(ArtifactBench.LARGEST);
  }

  @Test
  void an_upload_that_is_broken_off_leaves_nothing() {
    ArtifactBench bench = bench();
    try (ArtifactUpload upload = bench.shelf.upload("text/plain", Optional.empty(), "tester")) {
      upload.write(ByteBuffer.wrap(new byte[100]));
      assertThat(bench.files()).hasSize(1);
    }
    assertNothingIsLeft(bench);
  }

  @Test
  void what_a_crash_left_of_uploads_is_removed_at_the_next_start() {
    ArtifactUpload cutOff = bench().shelf.upload("text/plain", Optional.empty(), "tester");
    cutOff.write(ByteBuffer.wrap(new byte[100]));
    assertNothingIsLeft(bench());
  }

  @Test
  void an_object_whose_artifact_was_never_written_is_removed_once_it_is_due() throws Exception {
    ArtifactBench bench = bench();
    Path object = folder.resolve("objects/ab/ab-1");
    Files.createDirectories(object.getParent());
    Files.write(object, new byte[10]);
    Postgres.run(
        database,
        "INSERT INTO artifact_leftover VALUES ('ab-1', clock_timestamp() + interval '1 h', false)");
    assertThat(bench.cleaning.removeExpired(10)).isZero();
    assertThat(object).exists();
    Postgres.run(database, "UPDATE artifact_leftover SET due = clock_timestamp()");
    assertThat(bench.cleaning.removeExpired(10)).isOne();
    assertNothingIsLeft(bench);
  }

  @Test
  void no_more_uploads_are_taken_at_once_than_there_are_places() {
    ArtifactBench bench = bench();
    try (ArtifactUpload first = bench.shelf.upload("a/b", Optional.empty(), "tester");
        ArtifactUpload second = bench.shelf.upload("a/b", Optional.empty(), "tester")) {
      refused("UPLOADS_BUSY", () -> bench.shelf.upload("a/b", Optional.empty(), "tester"));
    }
    bench.shelf.upload("a/b", Optional.empty(), "tester").close();
  }

  @Test
  void damaged_bytes_are_noticed() throws Exception {
    ArtifactBench bench = bench();
    byte[] bytes = ArtifactBench.bytes(1, 5000);
    String hash = bench.keep(bytes, Optional.empty()).reference().sha256();
    Path object = bench.files().get(0);
    byte[] flipped = bytes.clone();
    flipped[4999] ^= 1;
    for (byte[] damaged : new byte[][] {flipped, Arrays.copyOf(bytes, 4999), new byte[5001]}) {
      Files.write(object, damaged);
      assertThatThrownBy(() -> bench.read(hash, 0))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> {
                assertThat(refusal.sort()).isEqualTo(Refusal.Sort.DATA_LOSS);
                assertThat(refusal.reason().name()).isEqualTo("ARTIFACT_CORRUPT");
                assertThat(refusal).hasMessageContaining("artifacts/" + hash);
              });
    }
    Files.delete(object);
    refused("ARTIFACT_CORRUPT", () -> bench.read(hash, 0));
  }

  @Test
  void what_is_not_there_is_told_apart_from_what_is_out_of_range() {
    ArtifactBench bench = bench();
    Artifact artifact = bench.keep("abc");
    refused("ARTIFACT_NOT_FOUND", () -> bench.shelf.get("0".repeat(64)));
    refused("ARTIFACT_NOT_FOUND", () -> bench.shelf.open("0".repeat(64), 0));
    refused("OFFSET_OUT_OF_RANGE", () -> bench.shelf.open(artifact.reference().sha256(), 4));
  }

  @Test
  void a_deleted_artifact_is_gone_with_its_object_and_can_come_again() {
    ArtifactBench bench = bench();
    Artifact artifact = bench.keep("abc");
    bench.delete(artifact);
    assertNothingIsLeft(bench);
    refused("ARTIFACT_NOT_FOUND", () -> bench.delete(artifact));
    bench.keep("abc");
    assertThat(bench.read(artifact.reference().sha256(), 0)).asString().isEqualTo("abc");
  }

  @Test
  void a_handler_reads_and_keeps_artifacts_and_is_told_of_what_is_wrong() throws IOException {
    ArtifactBench bench = bench();
    StoredRunArtifacts run = new StoredRunArtifacts(bench.shelf);
    byte[] bytes = ArtifactBench.bytes(3, 600_000);
    ArtifactReference kept = run.keep("text/plain", new ByteArrayInputStream(bytes), "tasks/t");
    try (InputStream in = run.open(kept)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
    ArtifactReference other = new ArtifactReference(kept.sha256(), 1, "text/plain");
    assertThatThrownBy(() -> run.open(other))
        .isInstanceOfSatisfying(
            FailureException.class,
            failure -> assertThat(failure.code()).isEqualTo("ARTIFACT_UNKNOWN"));
    Files.write(bench.files().get(0), new byte[600_000]);
    try (InputStream in = run.open(kept)) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(CorruptArtifactException.class);
    }
    InputStream endless = new ByteArrayInputStream(new byte[(int) ArtifactBench.LARGEST + 1]);
    assertThatThrownBy(() -> run.keep("text/plain", endless, "tasks/t"))
        .isInstanceOfSatisfying(
            FailureException.class,
            failure -> assertThat(failure.code()).isEqualTo("ARTIFACT_TOO_LARGE"));
  }

  private void assertNothingIsLeft(ArtifactBench bench) {
    assertThat(bench.files()).isEmpty();
    assertThat(count("artifact")).isZero();
    assertThat(count("artifact_leftover")).isZero();
  }

  private long count(String table) {
    return Postgres.number(database, "SELECT count(*) FROM " + table);
  }

  private static void refused(String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason().name()).isEqualTo(reason));
  }

  @Test
  void an_object_whose_removal_throws_is_left_to_the_next_clean_up_and_keeps_no_other() {
    for (String key : new String[] {"a", "broken", "z"}) {
      Postgres.run(
          database,
          "INSERT INTO artifact_leftover VALUES ('" + key + "', now() - interval '1 h', false)");
    }
    ArtifactStorage storage =
        (ArtifactStorage)
            Proxy.newProxyInstance(
                ArtifactStorage.class.getClassLoader(),
                new Class<?>[] {ArtifactStorage.class},
                (proxy, method, args) -> {
                  if ("broken".equals(args[0])) {
                    throw new IllegalStateException("injected");
                  }
                  return null;
                });
    assertThat(new ArtifactCleaning(database, committer, storage).removeExpired(10)).isEqualTo(2);
    assertThat(
            Postgres.number(
                database, "SELECT count(*) FROM artifact_leftover WHERE object_key = 'broken'"))
        .isOne();
    assertThat(count("artifact_leftover")).isOne();
  }
}
