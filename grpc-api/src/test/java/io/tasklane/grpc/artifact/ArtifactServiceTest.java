package io.tasklane.grpc.artifact;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.ApiOfTest.detail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import io.grpc.stub.StreamObserver;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.Artifact;
import io.tasklane.v1.ArtifactServiceGrpc;
import io.tasklane.v1.DeleteArtifactRequest;
import io.tasklane.v1.DownloadArtifactRequest;
import io.tasklane.v1.DownloadArtifactResponse;
import io.tasklane.v1.GetArtifactRequest;
import io.tasklane.v1.PayloadReference;
import io.tasklane.v1.UploadArtifactRequest;
import io.tasklane.v1.UploadArtifactResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ArtifactServiceTest {
  private static final int MIB = 1024 * 1024;
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final String NAME = "artifacts/" + ABC;
  private static final UploadArtifactRequest META =
      metadata(Artifact.newBuilder().setContentType("text/plain"));
  private ApiOfTest api;
  private ArtifactServiceGrpc.ArtifactServiceBlockingStub artifacts;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    artifacts =
        ArtifactServiceGrpc.newBlockingStub(api.channel).withDeadlineAfter(50, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void what_goes_up_in_chunks_comes_down_in_chunks() {
    byte[] bytes = new byte[2 * MIB + 5];
    new SplittableRandom(1).nextBytes(bytes);
    Artifact up =
        upload(
            META,
            chunk(Arrays.copyOf(bytes, MIB)),
            chunk(Arrays.copyOfRange(bytes, MIB, 2 * MIB)),
            chunk(Arrays.copyOfRange(bytes, 2 * MIB, bytes.length)));

    assertThat(up.getName()).isEqualTo("artifacts/" + up.getReference().getSha256());
    assertThat(up.getReference().getUri()).isEqualTo(up.getName());
    assertThat(up.getReference().getSizeBytes()).isEqualTo(bytes.length);
    assertThat(up.getContentType()).isEqualTo("text/plain");
    assertThat(up.hasCreateTime() && up.hasExpireTime()).isTrue();
    List<ByteString> down = download(up.getName(), 0);
    assertThat(down).hasSize(3).allMatch(chunk -> chunk.size() <= MIB);
    assertThat(ByteString.copyFrom(down).toByteArray()).isEqualTo(bytes);
    assertThat(api.artifacts.open).hasValue(0);
  }

  @Test
  void a_download_goes_on_from_an_offset_and_is_empty_at_the_end() {
    upload(META, chunk("abc".getBytes()));
    assertThat(ByteString.copyFrom(download(NAME, 1)).toStringUtf8()).isEqualTo("bc");
    assertThat(download(NAME, 3)).isEmpty();
    Throwable error = catchThrowable(() -> download(NAME, 4));
    assertThat(codeAndReason(error)).isEqualTo("OUT_OF_RANGE OFFSET_OUT_OF_RANGE");
  }

  @Test
  void no_chunk_is_an_empty_artifact_of_bytes() {
    Artifact empty = upload(metadata(Artifact.newBuilder()));
    assertThat(empty.getReference().getSizeBytes()).isZero();
    assertThat(empty.getContentType()).isEqualTo("application/octet-stream");
  }

  @Test
  void the_bytes_that_a_client_announces_are_passed_on() {
    upload(
        metadata(Artifact.newBuilder().setReference(reference(NAME, ABC))),
        chunk("abc".getBytes()));
    assertThat(api.artifacts.announced.orElseThrow().sha256()).isEqualTo(ABC);
  }

  @Test
  void an_upload_that_breaks_the_rules_names_the_field() {
    byte[] byteMore = new byte[MIB + 1];
    assertField("chunk", META, chunk(byteMore));
    assertField("chunk", META, chunk(new byte[0]));
    assertField("message", META, UploadArtifactRequest.getDefaultInstance());
    assertField("artifact", chunk(new byte[1]));
    assertField("artifact", META, META);
    assertField("artifact");
    assertField("artifact.content_type", metadata(Artifact.newBuilder().setContentType("é")));
    assertField(
        "artifact.reference", metadata(Artifact.newBuilder().setReference(reference("x", ABC))));
    assertField(
        "artifact.reference.sha256",
        metadata(Artifact.newBuilder().setReference(reference("artifacts/x", "x"))));
    assertThat(api.artifacts.kept).isEmpty();
    assertThat(api.artifacts.open).hasValue(0);
  }

  @Test
  void what_the_application_refuses_of_an_upload_is_told_and_given_back() {
    for (String reason : List.of("ARTIFACT_TOO_LARGE", "ARTIFACT_HASH_MISMATCH")) {
      api.artifacts.refusing = Refusal.invalid(RefusalReason.valueOf(reason), "artifact", "no");
      assertThat(codeAndReason(catchThrowable(() -> upload(META))))
          .isEqualTo("INVALID_ARGUMENT " + reason);
    }
    for (String reason : List.of("UPLOADS_BUSY", "STORAGE_UNAVAILABLE", "DATABASE_UNAVAILABLE")) {
      api.artifacts.refusing =
          Refusal.of(Refusal.Sort.UNAVAILABLE, RefusalReason.valueOf(reason), "", "later");
      Throwable error = catchThrowable(() -> upload(META));
      assertThat(codeAndReason(error)).isEqualTo("UNAVAILABLE " + reason);
      assertThat(detail(error, RetryInfo.class)).isPresent();
    }
    assertThat(api.artifacts.open).hasValue(0);
  }

  @Test
  void an_upload_that_the_client_breaks_off_is_given_back() {
    CompletableFuture<UploadArtifactResponse> answer = new CompletableFuture<>();
    StreamObserver<UploadArtifactRequest> up = begin(answer);
    up.onNext(META);
    up.onNext(chunk(new byte[10]));
    await(() -> api.artifacts.open.get() == 1);
    up.onError(new RuntimeException("the client changes its mind"));
    await(() -> api.artifacts.open.get() == 0);
    assertThat(api.artifacts.kept).isEmpty();
  }

  @Test
  void damaged_bytes_end_a_download_with_data_loss() {
    upload(META, chunk("abc".getBytes()));
    api.artifacts.readingRefused =
        Refusal.of(Refusal.Sort.DATA_LOSS, RefusalReason.ARTIFACT_CORRUPT, "", "damaged");
    Throwable error = catchThrowable(() -> download(NAME, 0));
    assertThat(codeAndReason(error)).isEqualTo("DATA_LOSS ARTIFACT_CORRUPT");
    assertThat(api.artifacts.open).hasValue(0);
    api.artifacts.readingRefused =
        Refusal.of(Refusal.Sort.UNAVAILABLE, RefusalReason.STORAGE_UNAVAILABLE, "", "later");
    assertThat(codeAndReason(catchThrowable(() -> download(NAME, 0))))
        .isEqualTo("UNAVAILABLE STORAGE_UNAVAILABLE");
  }

  @Test
  void an_artifact_is_found_and_deleted_by_its_name() {
    upload(META, chunk("abc".getBytes()));
    assertThat(get(NAME).getReference().getSizeBytes()).isEqualTo(3);
    delete(NAME);
    for (Throwable error :
        List.of(
            catchThrowable(() -> get(NAME)),
            catchThrowable(() -> delete(NAME)),
            catchThrowable(() -> download(NAME, 0)))) {
      assertThat(codeAndReason(error)).isEqualTo("NOT_FOUND ARTIFACT_NOT_FOUND");
      assertThat(detail(error, ResourceInfo.class).orElseThrow().getResourceName()).isEqualTo(NAME);
    }
  }

  @Test
  void an_artifact_in_use_is_not_deleted() {
    upload(META, chunk("abc".getBytes()));
    api.artifacts.refusing =
        Refusal.of(
            Refusal.Sort.FAILED_PRECONDITION,
            RefusalReason.ARTIFACT_IN_USE,
            NAME,
            "tasks/t names it");
    Throwable error = catchThrowable(() -> delete(NAME));
    assertThat(codeAndReason(error)).isEqualTo("FAILED_PRECONDITION ARTIFACT_IN_USE");
    assertThat(detail(error, PreconditionFailure.class).orElseThrow().getViolations(0).getSubject())
        .isEqualTo(NAME);
  }

  @Test
  void a_name_or_an_offset_that_is_none_is_invalid() {
    for (String name : List.of("", "artifacts/", ABC, "artifacts/xyz", "tasks/" + ABC)) {
      for (Throwable error :
          List.of(
              catchThrowable(() -> get(name)),
              catchThrowable(() -> delete(name)),
              catchThrowable(() -> download(name, 0)))) {
        assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
        assertThat(field(error)).isEqualTo("name");
      }
    }
    assertThat(field(catchThrowable(() -> download(NAME, -1)))).isEqualTo("offset");
  }

  private void assertField(String field, UploadArtifactRequest... requests) {
    Throwable error = catchThrowable(() -> upload(requests));
    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(field(error)).isEqualTo(field);
  }

  private static String field(Throwable error) {
    return detail(error, BadRequest.class).orElseThrow().getFieldViolations(0).getField();
  }

  private Artifact upload(UploadArtifactRequest... requests) {
    CompletableFuture<UploadArtifactResponse> answer = new CompletableFuture<>();
    StreamObserver<UploadArtifactRequest> up = begin(answer);
    for (UploadArtifactRequest request : requests) {
      up.onNext(request);
    }
    up.onCompleted();
    try {
      return answer.orTimeout(50, TimeUnit.SECONDS).join().getArtifact();
    } catch (CompletionException failed) {
      throw (RuntimeException) failed.getCause();
    }
  }

  private StreamObserver<UploadArtifactRequest> begin(
      CompletableFuture<UploadArtifactResponse> answer) {
    return ArtifactServiceGrpc.newStub(api.channel)
        .uploadArtifact(
            new StreamObserver<>() {
              @Override
              public void onNext(UploadArtifactResponse response) {
                answer.complete(response);
              }

              @Override
              public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
              }

              @Override
              public void onCompleted() {}
            });
  }

  private List<ByteString> download(String name, long offset) {
    List<ByteString> chunks = new ArrayList<>();
    artifacts
        .downloadArtifact(
            DownloadArtifactRequest.newBuilder().setName(name).setOffset(offset).build())
        .forEachRemaining((DownloadArtifactResponse part) -> chunks.add(part.getChunk()));
    return chunks;
  }

  private Artifact get(String name) {
    return artifacts
        .getArtifact(GetArtifactRequest.newBuilder().setName(name).build())
        .getArtifact();
  }

  private void delete(String name) {
    artifacts.deleteArtifact(DeleteArtifactRequest.newBuilder().setName(name).build());
  }

  private static UploadArtifactRequest metadata(Artifact.Builder artifact) {
    return UploadArtifactRequest.newBuilder().setArtifact(artifact).build();
  }

  private static UploadArtifactRequest chunk(byte[] bytes) {
    return UploadArtifactRequest.newBuilder().setChunk(ByteString.copyFrom(bytes)).build();
  }

  private static PayloadReference reference(String uri, String sha256) {
    return PayloadReference.newBuilder().setUri(uri).setSha256(sha256).setSizeBytes(3).build();
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000); // the test's time limit ends it
    }
  }
}
