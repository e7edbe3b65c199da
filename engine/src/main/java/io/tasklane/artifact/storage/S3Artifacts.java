package io.tasklane.artifact.storage;

import io.tasklane.config.ArtifactsConfig;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Objects in a bucket of an S3-compatible storage. A put object is there completely, or not at all.
 */
public final class S3Artifacts implements ArtifactStorage {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

  private final S3Client client;
  private final String bucket;

  /** Uses this bucket, and does not contact it before the first use. */
  public S3Artifacts(ArtifactsConfig.S3 config) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .socketTimeout(READ_TIMEOUT))
            .region(Region.of(config.region()))
            .credentialsProvider(credentials(config))
            // Newer kinds of checksums are unknown to many compatible storages; we have our own.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    config.endpoint().ifPresent(url -> builder.endpointOverride(url).forcePathStyle(true));
    this.client = builder.build();
    this.bucket = config.bucket();
  }

  @Override
  public void put(String key, Path file) throws IOException {
    try {
      client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file));
    } catch (SdkException failed) {
      throw new IOException("bucket " + bucket + " did not take " + key + ": " + failed, failed);
    }
  }

  @Override
  public InputStream open(String key, long offset) throws IOException {
    try {
      return new Unread(
          client.getObject(
              request -> {
                request.bucket(bucket).key(key);
                if (offset > 0) {
                  request.range("bytes=" + offset + "-");
                }
              }));
    } catch (NoSuchKeyException missing) {
      throw new NoSuchFileException(bucket + "/" + key);
    } catch (SdkException failed) {
      throw new IOException("bucket " + bucket + " does not give " + key + ": " + failed, failed);
    }
  }

  @Override
  public void remove(String key) throws IOException {
    try {
      client.deleteObject(request -> request.bucket(bucket).key(key));
    } catch (SdkException failed) {
      throw new IOException("bucket " + bucket + " keeps " + key + ": " + failed, failed);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static AwsCredentialsProvider credentials(ArtifactsConfig.S3 config) {
    return config
        .credentialsFile()
        .<AwsCredentialsProvider>map(
            file ->
                ProfileCredentialsProvider.builder()
                    .profileFile(
                        ProfileFile.builder()
                            .content(file)
                            .type(ProfileFile.Type.CREDENTIALS)
                            .build())
                    .build())
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  /** A stream that is closed before its end is aborted, not drained. */
  private static final class Unread extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> response;

    Unread(ResponseInputStream<GetObjectResponse> response) {
      super(response);
      this.response = response;
    }

    @Override
    public int read() throws IOException {
      return rethrow(super::read);
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      return rethrow(() -> super.read(into, from, most));
    }

    @Override
    public void close() {
      response.abort();
    }

    /** A read from the stream. */
    private interface Reading {
      int read() throws IOException;
    }

    private static int rethrow(Reading reading) throws IOException {
      try {
        return reading.read();
      } catch (SdkException failed) {
        throw new IOException("reading from the bucket failed: " + failed.getMessage(), failed);
      }
    }
  }
}
